//===-- Receivers.cpp - the type that a call goes to -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tool/pipeline/Receivers.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringExtras.h"

using namespace ringfence;
using llvm::StringRef;

TypeFacts::~TypeFacts() = default;

static bool isNameChar(char C) { return llvm::isAlnum(C) || C == '_'; }

static bool isName(StringRef S) {
  return !S.empty() && !llvm::isDigit(S[0]) && llvm::all_of(S, isNameChar);
}

StringRef ringfence::stripped(StringRef Text) {
  for (;;) {
    StringRef Before = Text;
    Text = Text.trim();
    for (StringRef Word : {"try?", "try!", "try ", "await "})
      Text.consume_front(Word);
    while (Text.consume_back("?") || Text.consume_back("!"))
      ;
    // "(a)", but not "(a).b(c)".
    if (Text.starts_with("(") && Text.ends_with(")")) {
      int Depth = 0;
      std::size_t I = 0;
      for (; I != Text.size(); ++I) {
        Depth += (Text[I] == '(') - (Text[I] == ')');
        if (Depth == 0)
          break;
      }
      if (I + 1 == Text.size())
        Text = Text.drop_front().drop_back();
    }
    if (Text == Before)
      return Text;
  }
}

std::string ringfence::bareType(StringRef Written) {
  StringRef S = Written.trim();
  // id<P> and Optional<T> speak of what they hold.
  for (StringRef Wrapper : {"id", "Optional", "NSObject", "Class"}) {
    StringRef T = S;
    if (T.consume_front(Wrapper) && T.ltrim().starts_with("<"))
      return bareType(T.ltrim().drop_front().take_until(
          [](char C) { return C == '>' || C == ','; }));
  }
  static constexpr llvm::StringLiteral Qualifiers[] = {
      "__weak",    "__strong",   "__block",   "__kindof", "nonnull",
      "nullable",  "const",      "any",       "some",     "weak",
      "unowned",   "inout",      "@escaping", "_Nonnull", "_Nullable",
      "__nonnull", "__nullable", "strong",    "struct",   "null_unspecified"};
  for (bool Again = true; Again;) {
    Again = false;
    S = S.trim();
    for (StringRef Q : Qualifiers) {
      StringRef T = S;
      if (T.consume_front(Q) && !T.empty() && !isNameChar(T[0])) {
        S = T;
        Again = true;
      }
    }
  }
  StringRef Name =
      S.take_while([](char C) { return isNameChar(C) || C == '.'; });
  Name = Name.substr(Name.rfind('.') + 1);
  StringRef After =
      S.drop_front(static_cast<std::size_t>(Name.end() - S.data()));
  // A function type, a tuple or a collection has no members of ours.
  if (After.ltrim().starts_with("->") || S.starts_with("(") ||
      S.starts_with("["))
    return "";
  if (!isName(Name) || !llvm::isUpper(Name[0]) || Name == "Any" ||
      Name == "AnyObject" || Name == "NSObject")
    return "";
  return Name.str();
}

namespace {

/// Splits "a.b(c).d" at the dots outside brackets.
void splitPath(StringRef S, llvm::SmallVectorImpl<StringRef> &Parts) {
  int Depth = 0;
  std::size_t From = 0;
  for (std::size_t I = 0; I != S.size(); ++I) {
    Depth += (S[I] == '(' || S[I] == '[' || S[I] == '{') -
             (S[I] == ')' || S[I] == ']' || S[I] == '}');
    if (S[I] == '.' && Depth == 0) {
      Parts.push_back(S.slice(From, I));
      From = I + 1;
    }
  }
  Parts.push_back(S.substr(From));
}

/// "[A b]" apart: receiver and message; false for anything else.
bool splitSend(StringRef S, StringRef &Receiver, StringRef &Message) {
  if (!S.starts_with("[") || !S.ends_with("]"))
    return false;
  S = S.drop_front().drop_back().trim();
  int Depth = 0;
  for (std::size_t I = 0; I != S.size(); ++I) {
    Depth += (S[I] == '(' || S[I] == '[') - (S[I] == ')' || S[I] == ']');
    if (Depth == 0 && (S[I] == ' ' || (S[I] == ']' && I + 1 < S.size()))) {
      Receiver = S.take_front(S[I] == ' ' ? I : I + 1);
      Message = S.drop_front(Receiver.size()).trim();
      return !Message.empty();
    }
  }
  return false;
}

/// Looks for the declaration of local \p Name, which must not lie behind
/// Depth levels (generated code nests without end).
const Declaration *localIn(const std::vector<Step> &Steps, StringRef Name,
                           unsigned Depth = 64) {
  if (!Depth)
    return nullptr;
  auto Among = [&](const std::vector<Declaration> &Ds) -> const Declaration * {
    for (const Declaration &D : Ds)
      if (D.Name == Name)
        return &D;
    return nullptr;
  };
  auto InClosures = [&](const std::vector<Closure> &Cs) -> const Declaration * {
    for (const Closure &C : Cs)
      if (const Declaration *D = localIn(C.Steps, Name, Depth - 1))
        return D;
    return nullptr;
  };
  for (const Step &S : Steps) {
    if (const Declaration *D = Among(S.Declares))
      return D;
    if (const Declaration *D = InClosures(S.Closures))
      return D;
    for (const Arm &A : S.Arms) {
      if (const Declaration *D = Among(A.Declares))
        return D;
      if (const Declaration *D = InClosures(A.Closures))
        return D;
      if (const Declaration *D = localIn(A.Steps, Name, Depth - 1))
        return D;
    }
  }
  return nullptr;
}

class Inference {
public:
  Inference(FunctionRef Caller, TypeFacts &Facts)
      : Caller(Caller), Facts(Facts) {}

  std::string of(StringRef Text) {
    // Expressions name one another: let a = b, let b = a.
    if (++Depth > 12)
      return "";
    std::string T = ofStripped(stripped(Text));
    --Depth;
    return T;
  }

private:
  std::string ofStripped(StringRef S) {
    StringRef Receiver, Message;
    if (splitSend(S, Receiver, Message))
      return ofSend(Receiver, Message);
    // "x as? T", "(T *)x"
    for (StringRef As : {" as! ", " as? ", " as "})
      if (auto At = S.find(As); At != StringRef::npos)
        return bareType(S.substr(At + As.size()));
    if (S.starts_with("(")) {
      std::size_t Close = S.find(')');
      std::string T = bareType(S.slice(1, Close));
      if (!T.empty())
        return T;
    }
    llvm::SmallVector<StringRef, 6> Parts;
    splitPath(S, Parts);
    std::string T = first(Parts[0]);
    for (std::size_t I = 1; I != Parts.size() && !T.empty(); ++I)
      T = member(T, Parts[I]);
    return T;
  }

  std::string ofSend(StringRef Receiver, StringRef Message) {
    std::string T = of(Receiver);
    if (Message == "alloc" || Message == "new" || Message == "self" ||
        Message == "class" || Message.starts_with("init"))
      return T;
    return T.empty() ? T : member(T, Message.split(':').first);
  }

  std::string first(StringRef Part) {
    Part = stripped(Part);
    if (Part == "self" || Part == "Self" || Part == "weakSelf" ||
        Part == "strongSelf")
      return Caller.Fn->Owner;
    StringRef Name = Part.take_while(isNameChar);
    if (Name.empty())
      return "";
    bool IsCall = Part.drop_front(Name.size()).starts_with("(");
    if (llvm::isUpper(Name[0]) && (Facts.knowsType(Name) || IsCall))
      return Name.str(); // a type, or its initialiser
    if (IsCall)
      return bareType(Facts.returnType(Caller.Fn->Owner, Name));
    for (const Parameter &P : Caller.Fn->Parameters)
      if (P.Name == Name)
        return bareType(P.Type);
    if (const Declaration *D = localIn(Caller.Fn->Steps, Name)) {
      std::string T = bareType(D->Type);
      if (T.empty() && D->Init.Text != Name)
        T = of(D->Init.Text);
      if (!T.empty())
        return T;
    }
    if (std::string T = property(Caller.Fn->Owner, Name); !T.empty())
      return T;
    for (const Property &G : Caller.In->Globals)
      if (G.Name == Name)
        return declared(G);
    return llvm::isUpper(Name[0]) ? Name.str() : "";
  }

  std::string declared(const Property &P) {
    std::string T = bareType(P.Type);
    return T.empty() ? of(P.Initializer) : T;
  }

  std::string property(StringRef Owner, StringRef Name) {
    if (Owner.empty())
      return "";
    std::string Written = Facts.propertyType(Owner, Name);
    if (Written.empty() && Name.starts_with("_"))
      Written = Facts.propertyType(Owner, Name.drop_front());
    std::string T = bareType(Written);
    return T.empty() && !Written.empty() ? of(Written) : T;
  }

  std::string member(const std::string &T, StringRef Part) {
    Part = stripped(Part);
    StringRef Name = Part.take_while(isNameChar);
    if (Name == "init" || Name == "self")
      return T;
    bool IsCall = Part.drop_front(Name.size()).starts_with("(");
    std::string R = IsCall ? "" : property(T, Name);
    if (R.empty()) {
      std::string Written = Facts.returnType(T, Name);
      if (Written == "Self" || Written == "instancetype")
        return T;
      R = bareType(Written);
    }
    if (R.empty() && isSingleton(Name))
      return T;
    return R;
  }

  /// Names under which types hand out their one instance.
  static bool isSingleton(StringRef Name) {
    return Name.starts_with("shared") || Name.starts_with("default") ||
           Name == "instance" || Name == "current" || Name == "main" ||
           Name == "getInstance" || Name == "manager";
  }

  FunctionRef Caller;
  TypeFacts &Facts;
  unsigned Depth = 0;
};

} // namespace

std::string ringfence::typeOfExpression(StringRef Text, FunctionRef Caller,
                                        TypeFacts &Facts) {
  return Text.empty() ? "" : Inference(Caller, Facts).of(Text);
}
