//===-- NewText.cpp - how statements read in the new place ----------------===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "rewriters/capture/Needs.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

using namespace ringfence;
using llvm::StringRef;

std::vector<std::string> Needs::parameters() const {
  std::vector<std::string> All;
  for (const Parameter &P : H.Fn->Parameters) {
    auto It = llvm::find_if(H.Arguments,
                            [&](const auto &A) { return A.first == P.Name; });
    if (!UsedArguments.count(P.Name) || It == H.Arguments.end() ||
        isHandedOnAsItIs(P.Name, It->second))
      continue;
    std::string Text = Outer->text(It->second);
    std::string Type = StringRef(P.Type).trim().str();
    if (H.language() == Language::Swift)
      All.push_back("let " + P.Name + (Type.empty() ? "" : ": " + Type) +
                    " = " + Text);
    else
      All.push_back((Type.empty() ? "id" : Type) +
                    (StringRef(Type).ends_with("*") ? "" : " ") + P.Name +
                    " = " + Text + ";");
  }
  return All;
}

std::string Needs::dictionaryName() const {
  if (!CalledDictionary.empty())
    return CalledDictionary;
  if (!Alias && Outer)
    return Outer->dictionaryName();
  return Alias ? Alias->Name : Unnamed;
}

std::string Needs::dictionaryInHost() const {
  if (Alias)
    return Alias->Name;
  for (const Local &L : llvm::reverse(Locals))
    if (isDictionary(L) && !Declared.contains(L.Name))
      return L.Name;
  return H.Payload.empty() ? H.Dictionary : H.Payload + ".dictionaryPayload";
}

/// \p Text without blanks.
static std::string squeezed(StringRef Text) {
  std::string S;
  for (char C : Text)
    if (!llvm::isSpace(C))
      S += C;
  return S;
}

bool Needs::isDictionaryExpression(StringRef Text) const {
  std::string S = squeezed(Text);
  if (!H.Payload.empty() && (S == H.Payload + ".dictionaryPayload" ||
                             S == "[" + H.Payload + "dictionaryPayload]"))
    return true;
  const Local *L = local(S);
  return L && isDictionary(*L);
}

std::vector<std::pair<Range, std::string>> Needs::changes(Range R) const {
  StringRef Bytes = H.In->Source->bytes();
  std::vector<Word> All = words(Bytes, R, H.language());
  std::string Group =
      In.Options.AppGroup.empty() ? "<#app group#>" : In.Options.AppGroup;
  std::vector<std::pair<Range, std::string>> New;
  // Widens [Begin, End) by the brackets of a message send around it.
  auto Bracketed = [&](Range W) {
    StringRef Before = Bytes.slice(R.Begin, W.Begin).rtrim();
    std::uint32_t Close = W.End + (Bytes.substr(W.End).size() -
                                   Bytes.substr(W.End).ltrim().size());
    if (Before.ends_with("[") && Bytes.substr(Close).starts_with("]"))
      return Range{R.Begin + static_cast<std::uint32_t>(Before.size()) - 1,
                   Close + 1};
    return W;
  };
  for (std::size_t I = 0; I != All.size(); ++I) {
    const Word &W = All[I];
    if (W.IsMember || W.IsLabel)
      continue;
    StringRef Next = I + 1 == All.size() ? "" : All[I + 1].Text;
    if (!H.Payload.empty() && W.Text == H.Payload &&
        Next == "dictionaryPayload") {
      New.push_back(
          {Bracketed({W.Where.Begin, All[I + 1].Where.End}), dictionaryName()});
      ++I;
    } else if (Place == NewPlace::SameType) {
      continue;
    } else if (isObject(W.Text)) {
      New.push_back({W.Where, "self"});
    } else if (W.Text == "UserDefaults" && Next == "standard") {
      New.push_back(
          {{W.Where.Begin, All[I + 1].Where.End},
           "(UserDefaults(suiteName: \"" + Group + "\") ?? .standard)"});
      ++I;
    } else if (W.Text == "NSUserDefaults" && Next == "standardUserDefaults") {
      Range Whole = Bracketed({W.Where.Begin, All[I + 1].Where.End});
      New.push_back(
          {Whole, "([[NSUserDefaults alloc] initWithSuiteName:@\"" + Group +
                      "\"] ?: " + Bytes.slice(Whole.Begin, Whole.End).str() +
                      ")"});
      ++I;
    } else if (const Local *L = local(W.Text);
               L && L->Name != dictionaryName() && isDictionary(*L) &&
               !Declared.contains(L->Name)) {
      New.push_back({W.Where, dictionaryName()});
    }
  }
  return New;
}

std::string Needs::text(Range R) const {
  std::vector<std::pair<Range, std::string>> New = changes(R);
  for (auto &[Where, Text] : New)
    Where = {Where.Begin - R.Begin, Where.End - R.Begin};
  return replaced(H.In->Source->text(R), std::move(New));
}

/// Whether evaluating \p Text may throw: "try", not "try?" or "try!".
static bool mayThrow(StringRef Text) {
  for (std::size_t At = Text.find("try"); At != StringRef::npos;
       At = Text.find("try", At + 1)) {
    bool Begins = At == 0 || !(llvm::isAlnum(Text[At - 1]) ||
                               Text[At - 1] == '_' || Text[At - 1] == '.');
    if (Begins && Text.substr(At + 3).starts_with(" "))
      return true;
  }
  return false;
}

std::vector<Needs::Recomputed> Needs::prelude(StringRef Leave) const {
  std::vector<const Local *> Sorted = Again;
  llvm::sort(Sorted, [](const Local *A, const Local *B) {
    return A->value().Where.Begin < B->value().Where.Begin;
  });
  std::vector<Recomputed> All;
  for (const Local *L : Sorted) {
    const Step &S = *L->DeclaredBy;
    std::string Text;
    if (L->K != Local::Kind::Plain)
      Text = "guard let " + L->Name + " = " + text(L->D->Init.Where) +
             " else { " + Leave.str() + " }";
    else if (H.language() == Language::Swift &&
             mayThrow(
                 H.In->Source->text(L->SetBy ? L->SetBy->Where : S.Where))) {
      // The handler's catch is not there: without a value nothing is done.
      std::string Value = text(L->value().Where);
      StringRef Rest = Value;
      Rest.consume_front("try ");
      Text = "guard let " + L->Name +
             (L->D->Type.empty() ? "" : ": " + L->D->Type) + " = try? " +
             Rest.str() + " else { " + Leave.str() + " }";
    } else if (S.Declares.size() == 1 && !L->SetBy)
      Text = text(S.Where);
    else if (H.language() == Language::Swift)
      Text = "let " + L->Name +
             (L->SetBy && !L->D->Type.empty() ? ": " + L->D->Type : "") +
             " = " + text(L->value().Where);
    else
      Text = L->D->Type + (StringRef(L->D->Type).ends_with("*") ? "" : " ") +
             L->Name + " = " + text(L->value().Where) + ";";
    All.push_back({&S, std::move(Text)});
  }
  return All;
}
