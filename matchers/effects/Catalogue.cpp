//===-- Catalogue.cpp - what an API does -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "matchers/effects/Catalogue.h"
#include "matchers/effects/Receiver.h"
#include "matchers/effects/Rows.h"
#include "matchers/effects/Spelling.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringMap.h"

using namespace ringfence;
using namespace ringfence::effects;
using llvm::StringRef;

namespace {

/// One spelling of a row, ready for the look-up.
struct Entry {
  Spelling S;
  std::string Type; ///< S.Type, normalised
  unsigned Api;
  bool ByName;
};

/// How far an entry can be trusted for a call; the greater the better.
struct Score {
  bool User = false; ///< the user's rows win over the shipped ones
  Fit F = Fit::No;
  bool OwnMember = false; ///< the member itself, not "Type.*"
  LabelFit Labels = LabelFit::No;
  bool OwnType = false;  ///< of the receiver's type, not of a supertype
  bool OwnLevel = false; ///< class or instance, as the call

  friend auto operator<=>(const Score &, const Score &) = default;
};

} // namespace

struct Catalogue::Index {
  std::vector<Api> Rows;
  TypeFacts Facts;
  /// Base name or selector → entries, for each language.
  llvm::StringMap<std::vector<Entry>> Swift, ObjC;
  /// "Type.*", for each language.
  std::vector<Entry> SwiftAny, ObjCAny;

  llvm::Error add(std::vector<Api> New, bool FromUser);
  const Api *find(const Call &C, bool IsSwift) const;

private:
  void add(const Spelling &S, unsigned ApiIndex);
  Fit fitOf(const Entry &E, const Receiver &R) const;
};

/// Fewer words than this and a name is too common to stand for an API alone.
static constexpr unsigned DistinctiveWords = 4;

void Catalogue::Index::add(const Spelling &S, unsigned ApiIndex) {
  std::optional<bool> Marked = Rows[ApiIndex].ByName;
  Entry E{S, normalType(S.Type), ApiIndex,
          Marked.value_or(S.wordCount() >= DistinctiveWords)};
  if (!E.Type.empty())
    Facts.Known[E.Type] = true;
  if (S.K == Spelling::Kind::Any)
    (S.Swift ? SwiftAny : ObjCAny).push_back(std::move(E));
  else
    (S.Swift ? Swift : ObjC)[S.Name].push_back(std::move(E));
}

llvm::Error Catalogue::Index::add(std::vector<Api> New, bool FromUser) {
  for (Api &A : New) {
    auto Number = static_cast<unsigned>(Rows.size());
    A.FromUser = FromUser;
    Rows.push_back(std::move(A));
    const Api &Row = Rows.back();
    if (Row.Keyword)
      continue;
    if (!Row.Swift.empty()) {
      llvm::Expected<Spelling> S = parseSwift(Row.Swift);
      if (!S)
        return S.takeError();
      add(*S, Number);
    }
    if (!Row.ObjC.empty()) {
      llvm::Expected<Spelling> S = parseObjC(Row.ObjC);
      if (!S)
        return S.takeError();
      add(*S, Number);
      // C functions keep their names in Swift.
      if (S->K == Spelling::Kind::Function) {
        S->Swift = true;
        S->Rest = true;
        add(*S, Number);
      }
    }
  }
  return llvm::Error::success();
}

Fit Catalogue::Index::fitOf(const Entry &E, const Receiver &R) const {
  bool IsFunction = E.Type.empty();
  // Foundation's capitalised functions parse as initialisers of a type that
  // does not exist; their "receiver" is absent as well.
  bool IsInit = E.S.K == Spelling::Kind::Init && E.S.Swift;
  if (IsFunction || IsInit) {
    if (R.absent())
      return Fit::Made;
    return IsInit ? std::max(R.fit(E.Type, Facts), Fit::Open) : Fit::No;
  }
  return R.fit(E.Type, Facts);
}

const Api *Catalogue::Index::find(const Call &C, bool IsSwift) const {
  Receiver R(C);
  const Entry *Best = nullptr;
  Score BestScore;
  bool Torn = false; // several types' members of that name, told apart by none
  auto consider = [&](const Entry &E) {
    LabelFit Labels = fits(E.S, C);
    if (Labels == LabelFit::No)
      return;
    Score S{.User = Rows[E.Api].FromUser,
            .F = fitOf(E, R),
            .OwnMember = E.S.K != Spelling::Kind::Any,
            .Labels = Labels,
            .OwnType = R.names(E.Type) || C.Name == E.S.Type,
            .OwnLevel = E.S.Swift || E.S.OnType == C.OnType};
    // A subscript has no name that could speak for it.
    bool ByName = E.ByName && S.OwnMember && C.K != Call::Kind::Subscript;
    if (S.F == Fit::No || (S.F == Fit::Open && !ByName))
      return;
    // "Type.*" says nothing of the member, so the receiver has to say it all.
    if (S.F == Fit::Named && !S.OwnMember && !R.spells(E.Type))
      return;
    if (Best && S <= BestScore) {
      const Api &A = Rows[Best->Api], &B = Rows[E.Api];
      Torn |= BestScore == S && S.F == Fit::Open && Best->Type != E.Type &&
              std::tie(A.E, A.Reports, A.ClosuresRun) !=
                  std::tie(B.E, B.Reports, B.ClosuresRun);
      return;
    }
    Best = &E;
    BestScore = S;
    Torn = false;
  };

  const auto &ByName = IsSwift ? Swift : ObjC;
  if (auto It = ByName.find(keyOf(C, IsSwift)); It != ByName.end())
    llvm::for_each(It->second, consider);
  llvm::for_each(IsSwift ? SwiftAny : ObjCAny, consider);
  return Best && !Torn ? &Rows[Best->Api] : nullptr;
}

Catalogue::Catalogue(std::unique_ptr<Index> TheIndex)
    : I(std::move(TheIndex)) {}
Catalogue::~Catalogue() = default;
Catalogue::Catalogue(Catalogue &&) = default;

llvm::Expected<Catalogue> Catalogue::withRows(StringRef Yaml,
                                              StringRef NameInErrors) {
  auto I = std::make_unique<Index>();
  for (const PackedReceiver &R : builtinReceivers()) {
    std::string Type = normalType(R.Type);
    if (*R.Is)
      I->Facts.Super[Type] = normalType(R.Is);
    if (*R.Named)
      I->Facts.Variables[Type] = linesOf(R.Named);
  }
  std::vector<Api> Shipped;
  Shipped.reserve(builtinRows().size());
  for (const PackedRow &Row : builtinRows())
    Shipped.push_back(Row.unpacked());
  if (llvm::Error E = I->add(std::move(Shipped), /*FromUser=*/false))
    return E;
  if (!Yaml.trim().empty()) {
    llvm::Expected<std::vector<Api>> Rows = parseRows({NameInErrors, Yaml});
    if (!Rows)
      return Rows.takeError();
    for (Api &A : *Rows)
      if (A.Source.empty())
        A.Source = NameInErrors.str();
    if (llvm::Error E = I->add(std::move(*Rows), /*FromUser=*/true))
      return E;
  }
  return Catalogue(std::move(I));
}

const Catalogue &Catalogue::builtin() {
  // The build has read every shipped spelling: they parse.
  static const Catalogue C = llvm::cantFail(withRows("", ""));
  return C;
}

const Api *Catalogue::find(const Call &C, Language L) const {
  return I->find(C, L == Language::Swift);
}

std::vector<const Api *> Catalogue::search(StringRef Text) const {
  std::vector<const Api *> Found;
  for (const Api &A : I->Rows)
    if (StringRef(A.Swift).contains_insensitive(Text) ||
        StringRef(A.ObjC).contains_insensitive(Text))
      Found.push_back(&A);
  return Found;
}

const std::vector<Api> &Catalogue::rows() const { return I->Rows; }
