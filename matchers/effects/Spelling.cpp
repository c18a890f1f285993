//===-- Spelling.cpp - an API's name taken apart -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "matchers/effects/Spelling.h"
#include "matchers/effects/Receiver.h"
#include "llvm/ADT/StringExtras.h"

using namespace ringfence;
using namespace ringfence::effects;
using llvm::StringRef;

llvm::SmallVector<std::string, 6> effects::wordsOf(StringRef Identifier) {
  llvm::SmallVector<std::string, 6> Words;
  for (std::size_t I = 0, E = Identifier.size(); I != E; ++I) {
    char C = Identifier[I];
    if (!llvm::isAlnum(C))
      continue;
    bool StartsWord = I == 0 || !llvm::isAlnum(Identifier[I - 1]);
    if (!StartsWord && llvm::isUpper(C)) {
      // An acronym is one word; its last capital begins the next word when a
      // small letter follows ("URLSession").
      bool AfterUpper = llvm::isUpper(Identifier[I - 1]);
      bool BeforeLower = I + 1 != E && llvm::isLower(Identifier[I + 1]);
      StartsWord = !AfterUpper || BeforeLower;
    }
    if (StartsWord || Words.empty())
      Words.emplace_back();
    Words.back() += llvm::toLower(C);
  }
  return Words;
}

unsigned Spelling::wordCount() const {
  std::size_t N = wordsOf(Name).size();
  for (const Label &L : Labels)
    if (!L.Optional && L.Name != "_")
      N += wordsOf(L.Name).size();
  return static_cast<unsigned>(N);
}

static bool isIdentifier(StringRef S) {
  return !S.empty() && !llvm::isDigit(S.front()) &&
         llvm::all_of(S, [](char C) { return llvm::isAlnum(C) || C == '_'; });
}

static llvm::Error malformed(StringRef Text, const llvm::Twine &Why) {
  return llvm::createStringError("'" + Text + "': " + Why);
}

/// "with:update:[completion:]..." into labels.
static llvm::Error parseLabels(StringRef Whole, StringRef Text, Spelling &S) {
  while (!Text.empty()) {
    if (Text.consume_front("...")) {
      if (!Text.empty())
        return malformed(Whole, "'...' must come last");
      S.Rest = true;
      return llvm::Error::success();
    }
    Spelling::Label L;
    L.Optional = Text.consume_front("[");
    std::size_t Colon = Text.find(':');
    if (Colon == StringRef::npos || !isIdentifier(Text.take_front(Colon)))
      return malformed(Whole,
                       "a label and a colon are expected at '" + Text + "'");
    L.Name = Text.take_front(Colon).str();
    Text = Text.drop_front(Colon + 1);
    if (L.Optional && !Text.consume_front("]"))
      return malformed(Whole, "']' is missing");
    S.Labels.push_back(std::move(L));
  }
  return llvm::Error::success();
}

llvm::Expected<Spelling> effects::parseSwift(StringRef Text) {
  Spelling S;
  S.Swift = true;
  StringRef Path = Text;
  bool IsWrite = Path.consume_back(" = _");
  std::size_t Paren = Path.find('(');
  bool IsCall = Paren != StringRef::npos;
  if (IsCall) {
    StringRef Labels = Path.drop_front(Paren + 1);
    if (IsWrite || !Labels.consume_back(")"))
      return malformed(Text, "')' is missing");
    if (llvm::Error E = parseLabels(Text, Labels, S))
      return E;
    Path = Path.take_front(Paren);
  }
  auto [Type, Name] = Path.rsplit('.');
  if (Name.empty()) {
    Name = Type;
    Type = "";
  }
  if (Name == "*" && !IsCall && !Type.empty())
    S.K = Spelling::Kind::Any;
  else if (!isIdentifier(Name))
    return malformed(Text, "'" + Name + "' is no name");
  else if (!IsCall)
    S.K = IsWrite ? Spelling::Kind::Write : Spelling::Kind::Read;
  else if (Name == "subscript")
    S.K = Spelling::Kind::Subscript;
  else if (llvm::isUpper(Name.front())) {
    // Foundation's C functions are capitalised too; by name alone they are
    // initialisers, and a look-up treats both alike.
    S.K = Spelling::Kind::Init;
    Type = Path;
  } else
    S.K = Type.empty() ? Spelling::Kind::Function : Spelling::Kind::Method;
  if (S.K == Spelling::Kind::Read && Type.empty())
    return malformed(Text, "a property needs its type");
  for (StringRef Rest = Type; !Rest.empty();) {
    auto [Part, More] = Rest.split('.');
    if (!isIdentifier(Part))
      return malformed(Text, "'" + Part + "' is no name");
    Rest = More;
  }
  S.Type = Type.str();
  S.Name = Name.str();
  return S;
}

llvm::Expected<Spelling> effects::parseObjC(StringRef Text) {
  Spelling S;
  S.Swift = false;
  StringRef Rest = Text;
  if (Rest.consume_front("+"))
    S.OnType = true;
  else if (!Rest.consume_front("-") && !Rest.starts_with("[")) {
    if (!isIdentifier(Text))
      return malformed(Text, "neither a message nor a C name");
    S.K = Spelling::Kind::Function;
    S.Name = Text.str();
    return S;
  }
  if (!Rest.consume_front("[") || !Rest.consume_back("]"))
    return malformed(Text, "brackets are missing");
  auto [Type, Selector] = Rest.split(' ');
  if (!isIdentifier(Type))
    return malformed(Text, "'" + Type + "' is no class name");
  S.Type = Type.str();
  S.Name = Selector.str();
  if (Selector == "*") {
    S.K = Spelling::Kind::Any;
    return S;
  }
  StringRef Pieces = Selector;
  if (!Pieces.contains(':') ? !isIdentifier(Pieces) : !Pieces.ends_with(":"))
    return malformed(Text, "'" + Selector + "' is no selector");
  S.K = Selector.starts_with("init") && !S.OnType ? Spelling::Kind::Init
                                                  : Spelling::Kind::Method;
  return S;
}

std::string effects::keyOf(const Call &C, bool Swift) {
  StringRef Name = C.Name;
  if (!Swift) {
    if (C.K == Call::Kind::PropertyWrite && !Name.empty())
      return ("set" + llvm::Twine(llvm::toUpper(Name.front())) +
              Name.drop_front() + ":")
          .str();
    if (C.K == Call::Kind::Subscript)
      return "objectForKeyedSubscript:";
    return C.K == Call::Kind::Init && Name == "new" ? "init" : Name.str();
  }
  if (C.K == Call::Kind::Subscript)
    return "subscript";
  if (Name.starts_with("[")) // [String: Any]()
    return normalType(Name);
  Name = Name.take_until([](char Ch) { return Ch == '<' || Ch == '('; });
  std::size_t Dot = Name.rfind('.');
  return (Dot == StringRef::npos ? Name : Name.drop_front(Dot + 1)).str();
}

static LabelFit labelsFit(llvm::ArrayRef<Spelling::Label> Labels, bool Rest,
                          llvm::ArrayRef<Argument> Arguments) {
  if (Arguments.empty()) {
    if (!llvm::all_of(Labels, [](const auto &L) { return L.Optional; }))
      return LabelFit::No;
    return Labels.empty() && !Rest ? LabelFit::Exact : LabelFit::Loose;
  }
  if (Labels.empty())
    return Rest ? LabelFit::Loose : LabelFit::No;
  const Argument &A = Arguments.front();
  const Spelling::Label &L = Labels.front();
  StringRef Label = A.Label.empty() ? StringRef("_") : StringRef(A.Label);
  bool TrailingClosure = Label == "_" && A.V.K == Value::Kind::Closure;
  if (Label == L.Name || TrailingClosure) {
    LabelFit F = labelsFit(Labels.drop_front(), Rest, Arguments.drop_front());
    if (F != LabelFit::No)
      return F;
  }
  if (!L.Optional)
    return LabelFit::No;
  return std::min(LabelFit::Loose,
                  labelsFit(Labels.drop_front(), Rest, Arguments));
}

static bool kindFits(const Spelling &S, const Call &C) {
  using SK = Spelling::Kind;
  using CK = Call::Kind;
  if (S.K == SK::Any)
    return C.K != CK::ClosureCall;
  switch (C.K) {
  case CK::Function:
  case CK::Macro:
    // An implicit self makes a method look like a function.
    return S.K == SK::Function || S.K == SK::Init ||
           (S.Swift && S.K == SK::Method);
  case CK::Method:
    return S.K == SK::Method || S.K == SK::Init;
  case CK::Init:
    return S.K == SK::Init || (S.Swift && S.K == SK::Function);
  case CK::ClosureCall:
    return S.K == SK::Function;
  case CK::PropertyRead:
    return S.Swift ? S.K == SK::Read : S.K == SK::Method;
  case CK::PropertyWrite:
    return S.Swift ? S.K == SK::Write : S.K == SK::Method;
  case CK::Subscript:
    return S.Swift ? S.K == SK::Subscript : S.K == SK::Method;
  }
  return false;
}

LabelFit effects::fits(const Spelling &S, const Call &C) {
  if (!kindFits(S, C))
    return LabelFit::No;
  if (S.K == Spelling::Kind::Any)
    return LabelFit::Loose;
  bool HasLabels =
      S.Swift && S.K != Spelling::Kind::Read && S.K != Spelling::Kind::Write;
  return HasLabels ? labelsFit(S.Labels, S.Rest, C.Arguments) : LabelFit::Exact;
}
