//===-- HandedValues.cpp - what the app needs to report a call ------------===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "rewriters/notification_service/HandedValues.h"
#include "rewriters/notification_service/DeclaredTypes.h"
#include "rewriters/notification_service/PropertyListForm.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include <set>

using namespace ringfence;
using llvm::StringRef;

static bool isWord(char C) { return llvm::isAlnum(C) || C == '_'; }

namespace {

class Collecting {
public:
  Collecting(const ProposeInput &In, const Host &H, const CallOrMessage &Q,
             std::uint32_t From, std::vector<std::string> &Blockers);

  std::vector<HandedValue> run();

private:
  /// An expression that begins with a local, as far as it has been read.
  struct Path {
    Range Where;
    std::string Type; ///< without "?"; "" if not known
    bool IsOptional = false;
    std::string Last; ///< the name of what it ends in
  };
  void add(const Word &W, const Local &L);
  std::optional<Path> begin(const Word &W, const Local &L) const;
  Range bracketed(const Word &W, StringRef Selector) const;
  std::optional<Path> further(const Path &P) const;
  void cast(Path &P) const;
  std::optional<PropertyListForm> form(const Path &P) const;
  std::string freeName(const Path &P, StringRef Root) const;
  bool isRoot(const Local &L) const;
  char at(std::uint32_t Offset) const {
    return Offset < Bytes.size() ? Bytes[Offset] : '\0';
  }

  const ProposeInput &In;
  const Host &H;
  const CallOrMessage &Q;
  const std::uint32_t From;
  std::vector<std::string> &Blockers;
  const StringRef Bytes;
  const bool IsSwift;
  DeclaredTypes Types;
  std::vector<Local> Locals;
  std::vector<HandedValue> Values;
  std::set<std::string> Taken; ///< names that mean something else there
};

} // namespace

Collecting::Collecting(const ProposeInput &In, const Host &H,
                       const CallOrMessage &Q, std::uint32_t From,
                       std::vector<std::string> &Blockers)
    : In(In), H(H), Q(Q), From(From), Blockers(Blockers),
      Bytes(H.In->Source->bytes()), IsSwift(H.language() == Language::Swift),
      Types(In, H) {
  Locals = localsAt(*H.Fn, Q.levels());
}

/// Whether the app has \p L only where it decrypts.
bool Collecting::isRoot(const Local &L) const {
  if (L.K == Local::Kind::Parameter)
    return (!H.Payload.empty() && L.Name == H.Payload) ||
           (!H.Dictionary.empty() && L.Name == H.Dictionary);
  if (!L.DeclaredBy)
    return false;
  Needs Asks(In, H, Q.Around);
  return L.DeclaredBy->Where.Begin >= From ||
         Asks.isDictionaryExpression(L.Name);
}

/// The message "[name selector]" to \p W, whose selector is \p Selector.
Range Collecting::bracketed(const Word &W, StringRef Selector) const {
  StringRef Before = Bytes.take_front(W.Where.Begin).rtrim();
  return {static_cast<std::uint32_t>(Before.size()) - 1,
          W.Where.End + static_cast<std::uint32_t>(Selector.size()) + 1};
}

std::optional<Collecting::Path> Collecting::begin(const Word &W,
                                                  const Local &L) const {
  Path P{W.Where, "", false, W.Text.str()};
  bool IsPush = L.Name == H.Payload && L.K == Local::Kind::Parameter;
  if (IsPush) {
    StringRef Rest = Bytes.drop_front(W.Where.End);
    if (!IsSwift && W.Before == '[' && Rest.starts_with(" dictionaryPayload]"))
      P.Where = bracketed(W, " dictionaryPayload");
    else if (Rest.starts_with(".dictionaryPayload"))
      P.Where.End += StringRef(".dictionaryPayload").size();
    else
      return std::nullopt;
  }
  Needs Asks(In, H, Q.Around);
  if (IsPush || L.Name == H.Dictionary || Asks.isDictionaryExpression(L.Name)) {
    P.Type = IsSwift ? "[AnyHashable: Any]" : "NSDictionary *";
    return P;
  }
  P.Type = Types.of(L);
  if (IsSwift) {
    StringRef Type = P.Type;
    P.IsOptional = Type.consume_back("?");
    P.Type = Type.str();
    return P;
  }
  // "[message sender]"
  StringRef Rest = Bytes.drop_front(W.Where.End);
  if (W.Before == '[' && Rest.consume_front(" ")) {
    StringRef Name = Rest.take_while(isWord);
    if (!Name.empty() && Rest.drop_front(Name.size()).starts_with("]")) {
      P.Where = bracketed(W, (" " + Name).str());
      P.Type = Types.member(P.Type, Name);
      P.Last = Name.str();
    }
  }
  return P;
}

/// \p P and the member or element that follows it.
std::optional<Collecting::Path> Collecting::further(const Path &P) const {
  Path Next = P;
  std::uint32_t I = P.Where.End;
  if (IsSwift && (at(I) == '?' || at(I) == '!')) {
    Next.IsOptional &= at(I) == '?';
    ++I;
  } else if (P.IsOptional) {
    return std::nullopt;
  }
  StringRef Rest = Bytes.drop_front(I);
  if (Rest.starts_with(".") && isWord(at(I + 1))) {
    StringRef Name = Rest.drop_front().take_while(isWord);
    Next.Last = Name.str();
    Next.Where.End = I + 1 + static_cast<std::uint32_t>(Name.size());
    if (at(Next.Where.End) == '(') {
      if (at(Next.Where.End + 1) != ')')
        return std::nullopt; // what is called with arguments stays
      Next.Where.End += 2;
    }
    StringRef Type;
    std::string Of = Types.member(P.Type, Name);
    Type = Of;
    if (IsSwift)
      Next.IsOptional |= Type.consume_back("?");
    Next.Type = Type.str();
    return Next;
  }
  StringRef Open = IsSwift ? "[\"" : "[@\"";
  if (!Rest.starts_with(Open))
    return std::nullopt;
  StringRef Key = Rest.drop_front(Open.size()).take_while(isWord);
  if (Key.empty() ||
      !Rest.drop_front(Open.size() + Key.size()).starts_with("\"]"))
    return std::nullopt;
  Next.Last = Key.str();
  Next.Where.End = I + static_cast<std::uint32_t>(Open.size() + Key.size() + 2);
  if (!IsSwift) {
    Next.Type = "id";
    return Next;
  }
  StringRef Type = P.Type;
  Next.IsOptional = true;
  Next.Type = Type.consume_front("[") && Type.consume_back("]")
                  ? Type.split(':').second.trim().str()
                  : "";
  cast(Next);
  return Next;
}

/// Takes in "as? T" behind \p P.
void Collecting::cast(Path &P) const {
  StringRef Rest = Bytes.drop_front(P.Where.End);
  StringRef Trimmed = Rest.ltrim(" \t");
  bool May = Trimmed.consume_front("as? ");
  if (!May && !Trimmed.consume_front("as! "))
    return;
  Trimmed = Trimmed.ltrim();
  StringRef Type =
      Trimmed.starts_with("[")
          ? Trimmed.take_front(Trimmed.find(']') + 1)
          : Trimmed.take_while([](char C) { return isWord(C) || C == '.'; });
  if (Type.empty())
    return;
  P.Type = Type.str();
  P.IsOptional = May;
  P.Where.End =
      static_cast<std::uint32_t>(Type.data() + Type.size() - Bytes.data());
}

std::optional<PropertyListForm> Collecting::form(const Path &P) const {
  if (P.Type.empty() || P.Type == "[AnyHashable: Any]")
    return std::nullopt;
  return IsSwift ? swiftForm(P.Type, P.IsOptional, In.Functions)
                 : objcForm(P.Type);
}

/// What no variable of either language may be called, of words that pushes use
/// for keys.
static bool isReserved(StringRef Name, bool IsSwift) {
  static constexpr StringRef Swift[] = {
      "as",       "case",      "class",  "default", "do",       "extension",
      "for",      "func",      "if",     "import",  "in",       "init",
      "internal", "is",        "let",    "nil",     "operator", "private",
      "protocol", "public",    "repeat", "return",  "self",     "static",
      "struct",   "subscript", "super",  "switch",  "throw",    "try",
      "var",      "where",     "while",  "enum"};
  static constexpr StringRef ObjC[] = {
      "auto",     "bool",     "break",   "case",   "char",     "class",
      "const",    "default",  "delete",  "do",     "double",   "else",
      "enum",     "extern",   "float",   "for",    "goto",     "id",
      "if",       "in",       "int",     "long",   "new",      "nil",
      "operator", "out",      "private", "public", "register", "return",
      "self",     "short",    "signed",  "static", "struct",   "super",
      "switch",   "template", "this",    "throw",  "try",      "typedef",
      "union",    "unsigned", "void",    "while"};
  return IsSwift ? llvm::is_contained(Swift, Name)
                 : llvm::is_contained(ObjC, Name);
}

std::string Collecting::freeName(const Path &P, StringRef Root) const {
  auto Lower = [](StringRef Text) {
    std::string S = Text.str();
    if (!S.empty())
      S[0] = llvm::toLower(S[0]);
    return S;
  };
  auto Upper = [](StringRef Text) {
    std::string S = Text.str();
    if (!S.empty())
      S[0] = llvm::toUpper(S[0]);
    return S;
  };
  std::string Last = P.Last;
  if (Last.empty() || llvm::isDigit(Last.front()))
    Last = "value" + Last;
  for (std::string Name :
       {Lower(Last), Root.str() + Upper(Last), "handed" + Upper(Last)}) {
    bool Used =
        (Taken.count(Name) != 0 && Name != Root) || isReserved(Name, IsSwift);
    for (const HandedValue &V : Values)
      Used |= V.Name == Name;
    if (!Used)
      return Name;
  }
  return "handed" + Upper(Root) + Upper(Last);
}

void Collecting::add(const Word &W, const Local &L) {
  std::optional<Path> P = begin(W, L);
  if (!P) {
    Blockers.push_back("the payload is used as a whole");
    return;
  }
  // The first part that a property list can hold; what follows is computed from
  // it. A dictionary is handed over only if no single value of it is read.
  std::optional<Path> Known;
  for (std::optional<Path> Next = P; Next; Next = further(*Next)) {
    P = Next;
    StringRef Type = Next->Type;
    bool IsTree = (Type.starts_with("[") && Type.contains(':')) ||
                  Type.starts_with("NSDictionary") || Type == "id";
    if (form(*Next) && !(IsTree && further(*Next))) {
      Known = Next;
      break;
    }
  }
  if (Known)
    P = Known;
  StringRef Text = H.In->Source->text(P->Where);
  auto Same = llvm::find_if(Values, [&](const HandedValue &V) {
    return H.In->Source->text(V.Where) == Text;
  });
  if (Same != Values.end()) {
    Same->Uses.push_back(P->Where);
    return;
  }
  HandedValue V;
  V.Name = freeName(*P, W.Text);
  V.Where = P->Where;
  V.Uses = {P->Where};
  V.Type = P->Type;
  V.IsOptional = P->IsOptional;
  if (std::optional<PropertyListForm> F = form(*P)) {
    V.Encoded = F->Encoded;
    V.Decoded = F->Decoded;
  }
  Values.push_back(std::move(V));
}

std::vector<HandedValue> Collecting::run() {
  std::set<std::string> Inside;
  std::vector<Word> All;
  for (llvm::ArrayRef<Step> Run : Q.Runs)
    for (const Step &S : Run) {
      for (std::string &Name : declaredIn(S))
        Inside.insert(std::move(Name));
      llvm::append_range(All, words(Bytes, S.Where, H.language()));
    }
  for (const Word &W : All)
    if (!W.IsMember && !W.IsLabel)
      Taken.insert(W.Text.str());
  for (const Parameter &P : H.Fn->Parameters)
    Taken.insert(P.Name);
  Taken.insert("handedOver");
  std::uint32_t Done = 0;
  for (const Word &W : All) {
    if (W.IsMember || W.IsLabel || Inside.count(W.Text.str()) ||
        W.Where.Begin < Done)
      continue;
    auto L = std::find_if(Locals.rbegin(), Locals.rend(),
                          [&](const Local &L) { return L.Name == W.Text; });
    if (L == Locals.rend() || !isRoot(*L))
      continue;
    add(W, *L);
    if (!Values.empty())
      for (const HandedValue &V : Values)
        Done = std::max(Done, V.Uses.back().End);
  }
  return std::move(Values);
}

std::vector<HandedValue>
ringfence::handedValues(const ProposeInput &In, const Host &H,
                        const CallOrMessage &Q, std::uint32_t From,
                        std::vector<std::string> &Blockers) {
  return Collecting(In, H, Q, From, Blockers).run();
}
