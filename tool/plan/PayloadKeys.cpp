//===-- PayloadKeys.cpp - what code reads from the push -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tool/plan/PayloadKeys.h"
#include "rewriters/capture/Scope.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/Regex.h"

using namespace ringfence;
using llvm::StringRef;

namespace {

class Reading {
public:
  explicit Reading(const JudgedHandler &H) : H(H) {
    Names[H.H->Payload + ".dictionaryPayload"] = "";
    Names["[" + H.H->Payload + " dictionaryPayload]"] = "";
    for (const Step &S : H.function().Steps)
      forEachStep(S, [&](const Step &Inner) {
        for (const Declaration &D : Inner.Declares)
          learn(D);
        for (const Arm &A : Inner.Arms)
          for (const Declaration &D : A.Declares)
            learn(D);
      });
  }

  /// Key paths read in \p Text, in order.
  std::vector<std::string> keysIn(StringRef Text) const {
    std::vector<std::pair<std::size_t, std::string>> Found;
    for (const auto &[Name, Prefix] : Names) {
      std::string Quoted = llvm::Regex::escape(Name);
      for (const std::string &Pattern :
           {Quoted + "[?!]?\\[@?\"([^\"\\]+)\"\\]",
            Quoted + " (objectForKey|valueForKey|objectForKeyedSubscript):@"
                     "\"([^\"\\]+)\""}) {
        llvm::Regex R(Pattern);
        llvm::SmallVector<StringRef, 3> Parts;
        for (StringRef Left = Text; R.match(Left, &Parts);) {
          std::size_t At =
              static_cast<std::size_t>(Parts[0].data() - Text.data());
          // "myinfo[…]" is another name than "info[…]".
          bool Whole = At == 0 || Name.front() == '[' ||
                       (!llvm::isAlnum(Text[At - 1]) && Text[At - 1] != '_' &&
                        Text[At - 1] != '.');
          if (Whole)
            Found.emplace_back(At, (Prefix.empty() ? "" : Prefix + ".") +
                                       Parts.back().str());
          Left =
              Left.drop_front(Parts[0].data() + Parts[0].size() - Left.data());
        }
      }
    }
    llvm::sort(Found);
    std::vector<std::string> Keys;
    for (auto &[At, Key] : Found)
      if (!llvm::is_contained(Keys, Key))
        Keys.push_back(std::move(Key));
    return Keys;
  }

  /// The key whose value \p Expression is, or "".
  std::string keyOf(StringRef Expression) const {
    if (auto It = Names.find(Expression.str()); It != Names.end())
      return It->second;
    std::vector<std::string> Keys = keysIn(Expression);
    return Keys.size() == 1 ? Keys.front() : "";
  }

private:
  void learn(const Declaration &D) {
    StringRef Init = D.Init.Text;
    if (Names.count(D.Name))
      return;
    for (const char *Whole : {"dictionaryPayload", "dictionaryPayload]"})
      if (Init.trim().ends_with(Whole) && Init.contains(H.H->Payload)) {
        Names[D.Name] = "";
        return;
      }
    if (Init.contains("dictionaryPayload as") ||
        Init.contains("dictionaryPayload)")) {
      Names[D.Name] = "";
      return;
    }
    std::vector<std::string> Keys = keysIn(Init);
    if (Keys.size() == 1)
      Names[D.Name] = Keys.front();
  }

  const JudgedHandler &H;
  std::map<std::string, std::string> Names; ///< expression to key path
};

} // namespace

/// The literal of \p Text as JSON, or "".
static std::string literalIn(StringRef Text) {
  llvm::Regex R("\"([^\"\\]*)\"");
  llvm::SmallVector<StringRef, 2> Parts;
  return R.match(Text, &Parts) ? "\"" + Parts[1].str() + "\"" : "";
}

/// The handler's text on the way to \p W and around it: other arms of the
/// branches that it passes are blank, those in its own arm are not.
static std::string wayTo(const WorkItem &W, const JudgedHandler &H) {
  Range Inside = H.function().Inside;
  std::string Text = H.In->Source->text(Inside).str();
  std::uint32_t At = (W.HandlerAt ? W.HandlerAt : W.At).Where.Begin;
  auto Holds = [](Range Outer, std::uint32_t Offset) {
    return Outer.Begin <= Offset && Offset < Outer.End;
  };
  auto Look = [&](const Step &S) {
    for (const Arm &A : S.Arms)
      if (!Holds(A.Where, At) &&
          !(W.InArm && Holds(W.InArm->Where, A.Where.Begin)))
        for (std::uint32_t I = A.Where.Begin; I < A.Where.End; ++I)
          Text[I - Inside.Begin] = ' ';
  };
  for (const Step &S : H.function().Steps)
    forEachStep(S, Look);
  return Text;
}

std::map<Destination, std::vector<PayloadKey>>
ringfence::payloadKeys(const JudgedHandler &H,
                       const std::vector<WorkItem> &Items) {
  std::map<Destination, std::vector<PayloadKey>> Result;
  if (H.H->Payload.empty())
    return Result;
  Reading R(H);
  for (const WorkItem &W : Items) {
    Destination D = W.E == Effect::CallReport ? Destination::Report : W.D;
    std::vector<PayloadKey> &Keys = Result[D];
    auto Add = [&](const std::string &Path, std::string Value) {
      auto At = llvm::find_if(
          Keys, [&](const PayloadKey &K) { return K.Path == Path; });
      if (At == Keys.end())
        Keys.push_back({Path, std::move(Value)});
      else if (At->Value.empty())
        At->Value = std::move(Value);
      else if (!Value.empty() && At->Value != Value)
        At->Value = "\"…\""; // several kinds go the same way
    };
    if (W.InArm) {
      const Condition &C = W.InArm->When;
      if (std::string Key = R.keyOf(C.Name);
          C.K == Condition::Kind::Equal && !Key.empty())
        Add(Key, literalIn(C.Text));
    }
    for (const std::string &Key : R.keysIn(wayTo(W, H)))
      Add(Key, "");
  }
  return Result;
}
