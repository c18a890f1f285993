//===-- ReportFirst.cpp - report before work that can block --===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "rewriters/callkit/ReportFirst.h"
#include "rewriters/callkit/Blocks.h"
#include "rewriters/capture/Words.h"
#include "rewriters/edit/Builder.h"
#include "rewriters/edit/Indentation.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include <set>

using namespace ringfence;

namespace {
/// The statements of one list of which the report moves up.
class Order {
public:
  Order(const FixRequest &Request)
      : Request(Request), H(Request.handler()), Source(*H.In->Source) {}

  /// Finds what moves where; false, with Why, if something is in the way.
  bool understand();
  bool write(Builder &B) const;
  /// Nothing that is crossed does more than compute and log.
  bool isSafe() const;
  unsigned crossed() const { return static_cast<unsigned>(Crossed.size()); }

  std::string Why;

private:
  bool fail(const Step &At, llvm::StringRef What) {
    Why = "line " + std::to_string(Source.line(At.Where.Begin)) + " " +
          What.str();
    return false;
  }
  std::set<std::string> namesIn(Range Where) const;
  bool makes(const Step &S, const std::set<std::string> &Names) const;
  bool mayBeCrossed(const Step &S);
  bool touches(const Step &S, llvm::StringRef Member) const;

  const FixRequest &Request;
  const JudgedHandler &H;
  const SourceFile &Source;
  const std::vector<Step> *List = nullptr;
  unsigned Report = 0, Work = 0, To = 0;
  std::vector<unsigned> Moved, Crossed;
  std::string Provider; ///< the member through which the report is made
};
} // namespace

std::set<std::string> Order::namesIn(Range Where) const {
  std::set<std::string> Out;
  for (const Word &W : words(Source.bytes(), Where, Source.language()))
    if (!W.IsMember && !W.IsLabel)
      Out.insert(W.Text.str());
  return Out;
}

static std::string rootOf(llvm::StringRef Path) {
  return Path.take_while([](char C) { return llvm::isAlnum(C) || C == '_'; })
      .str();
}

/// \p S declares one of \p Names, or changes what one of them stands for.
bool Order::makes(const Step &S, const std::set<std::string> &Names) const {
  bool Found = false;
  auto Has = [&](llvm::StringRef Path) {
    std::string Root = rootOf(Path);
    return Root != "self" && Names.count(Root) != 0;
  };
  for (const std::string &Name : declaredIn(S))
    Found |= Names.count(Name) != 0;
  forEachStep(S, [&](const Step &Inner) {
    for (const Assignment &A : Inner.Assigns)
      Found |= Has(A.Target);
    for (const std::string &W : Inner.Writes)
      Found |= Has(W);
    for (const Call &C : Inner.Calls)
      if (C.K == Call::Kind::Method || C.K == Call::Kind::PropertyWrite)
        Found |= !C.OnType && !C.OnSelf && Has(C.Receiver);
  });
  return Found;
}

/// A function of the project that \p S calls, or \p S itself, speaks of the
/// provider: it may be made there.
bool Order::touches(const Step &S, llvm::StringRef Member) const {
  if (Member.empty())
    return false;
  auto Speaks = [&](const File &In, Range Where) {
    return llvm::any_of(words(In.Source->bytes(), Where, In.Source->language()),
                        [&](const Word &W) {
                          llvm::StringRef Text = W.Text;
                          Text.consume_front("_");
                          return Text == Member;
                        });
  };
  bool Found = Speaks(*H.In, S.Where);
  forEachCall(S, [&](const Call &C) {
    for (FunctionRef R : Request.In.Functions.callees(C, {H.In, &H.function()}))
      Found |= Speaks(*R.In, R.Fn->Body);
  });
  return Found;
}

bool Order::mayBeCrossed(const Step &S) {
  if (S.InMacro || S.K == Step::Kind::Defer ||
      S.K == Step::Kind::Configuration || S.K == Step::Kind::LocalFunction ||
      S.K == Step::Kind::Opaque)
    return fail(S, "cannot be crossed");
  bool Leaves = false;
  forEachStep(S, [&](const Step &Inner) {
    bool InClosure = llvm::any_of(S.Closures, [&](const Closure &C) {
      return C.Where.contains(Inner.Where);
    });
    Leaves |= !InClosure && Inner.K == Step::Kind::Exit;
  });
  if (Leaves || asksForExemption(S))
    return fail(S, "decides whether there is a call: it stays in front of the "
                   "report");
  if (touches(S, Provider))
    return fail(S, "has to do with the provider: it stays in front of the "
                   "report");
  return true;
}

bool Order::understand() {
  Reporting Reports(Request.In, H.V);
  const Function &Fn = H.function();
  FunctionRef Caller{H.In, &Fn};
  std::set<unsigned> Blocking;
  for (unsigned F : Request.Findings)
    for (unsigned W : Request.In.Findings[F].Steps) {
      const struct Work &Each = H.V.Steps[W];
      Place At = Each.HandlerAt ? Each.HandlerAt : Each.At;
      if (At.In != H.In || !Fn.Body.contains(At.Where)) {
        Why = "the work is done in a function that reports, too";
        return false;
      }
      std::vector<Level> Levels = levelsAt(Fn, At.Where.Begin);
      // The innermost list, outside closures, in which a report follows.
      const std::vector<Step> *Found = nullptr;
      unsigned Index = 0;
      for (const Level &L : Levels) {
        if (L.InClosure)
          break;
        for (unsigned I = L.Index + 1; I < L.List->size(); ++I)
          if (Reports.mayReport((*L.List)[I], Caller)) {
            Found = L.List;
            Index = L.Index;
          }
      }
      if (!Found || (List && List != Found)) {
        Why = "the report is made by the same statement, or in another branch";
        return false;
      }
      List = Found;
      Blocking.insert(Index);
    }
  if (!List || Blocking.empty()) {
    Why = "the work is not seen";
    return false;
  }
  Work = *Blocking.begin();
  for (Report = Work + 1;
       Report < List->size() && !Reports.mayReport((*List)[Report], Caller);)
    ++Report;
  const Step &R = (*List)[Report];
  if (R.K != Step::Kind::Do || R.InMacro)
    return fail(R, "reports under a condition, which the work may decide");
  llvm::StringRef Receiver;
  for (const Call &C : R.Calls)
    if (const Api *A = Request.In.Apis.find(C, Source.language());
        A && A->Reports)
      Receiver = C.Receiver;
  Receiver = Receiver.trim("?! ]");
  Provider = Receiver.substr(Receiver.find_last_of(". ") + 1).str();
  if (Provider == Receiver && Receiver.empty())
    Provider.clear();
  llvm::StringRef Plain = Provider;
  Plain.consume_front("_");
  Provider = Plain.str();

  std::set<std::string> Needs = namesIn(R.Where), Used, Locals;
  for (const Step &S : *List)
    for (const std::string &Name : declaredIn(S))
      Locals.insert(Name);
  To = Report;
  for (unsigned I = Report; I-- > 0;) {
    const Step &S = (*List)[I];
    if (makes(S, Needs)) {
      if (Blocking.count(I))
        return fail(S, "makes what the report needs");
      if (I < Work)
        break;
      if (S.InMacro)
        return fail(S, "comes from a macro");
      Moved.insert(Moved.begin(), I);
      for (const std::string &Name : namesIn(S.Where))
        Needs.insert(Name);
      To = I;
      continue;
    }
    if (I < Work) {
      // What only the work needs stays with the work.
      std::set<std::string> Mine = namesIn(S.Where);
      bool ForWork =
          llvm::any_of(
              declaredIn(S),
              [&](const std::string &Name) { return Used.count(Name) != 0; }) ||
          (S.K == Step::Kind::Do && llvm::any_of(Mine, [&](const auto &Name) {
             return Used.count(Name) != 0 && Locals.count(Name) != 0;
           }));
      if (!ForWork || !mayBeCrossed(S))
        break;
    } else if (!mayBeCrossed(S)) {
      return false;
    }
    for (const std::string &Name : namesIn(S.Where))
      Used.insert(Name);
    Crossed.push_back(I);
    To = I;
  }
  Why.clear();
  Moved.push_back(Report);
  return To < Report;
}

bool Order::isSafe() const {
  return llvm::all_of(Crossed, [&](unsigned I) {
    const Step &S = (*List)[I];
    if (!S.Closures.empty() || !S.Assigns.empty() ||
        S.K == Step::Kind::Branch || S.K == Step::Kind::Loop)
      return false;
    return llvm::all_of(S.Calls, [&](const Call &C) {
      const Api *A = Request.In.Apis.find(C, Source.language());
      return A && !C.Awaited && C.Try == Call::TryForm::None &&
             (A->E == Effect::Pure || A->E == Effect::Log ||
              A->E == Effect::Analytics);
    });
  });
}

bool Order::write(Builder &B) const {
  std::string Lines;
  for (unsigned I : Moved) {
    const Step &S = (*List)[I];
    Range All = S.WithComments.empty() ? S.Where : S.WithComments;
    All.End = std::max(All.End, S.Where.End);
    Lines +=
        reindented(Source.text(All), Source.indentation(S.Where.Begin), "") +
        "\n";
    if (!B.remove(S))
      return false;
  }
  // The blank line above what stood at the end has nothing to part any more.
  size_t Tail = List->size();
  while (Tail > To && llvm::is_contained(Moved, Tail - 1))
    --Tail;
  if (Tail < List->size() && Tail > To) {
    std::uint32_t From = std::max((*List)[Tail - 1].Where.End,
                                  (*List)[Tail - 1].WithComments.End);
    const Step &Gone = (*List)[Tail];
    std::uint32_t Until =
        Gone.WithComments.empty() ? Gone.Where.Begin : Gone.WithComments.Begin;
    llvm::StringRef Gap = Source.text({From, Until});
    std::size_t First = Gap.find('\n'), Last = Gap.rfind('\n');
    if (Gap.trim().empty() && First != Last)
      B.replace({From + static_cast<std::uint32_t>(First) + 1,
                 From + static_cast<std::uint32_t>(Last) + 1},
                "");
  }
  return B.insertBefore((*List)[To], Lines);
}

std::optional<FixSet> ringfence::reportFirst(const FixRequest &Request) {
  const JudgedHandler &H = Request.handler();
  Order O(Request);
  Builder B(*H.In);
  if (!O.understand() || !O.write(B)) {
    Request.advise(O.Why.empty() ? "there is no place for the report in front "
                                   "of the work"
                                 : O.Why);
    return std::nullopt;
  }
  FixSet Set;
  Set.Title = "Report the call first in " + H.function().Symbol;
  Set.Why = "What runs before the report keeps the phone from ringing, and the "
            "system ends an app that has not reported some seconds after the "
            "push. The report, with what it is made from, now comes before " +
            std::string(O.crossed() == 1
                            ? "a statement"
                            : std::to_string(O.crossed()) + " statements") +
            " that it does not need.";
  Set.A = O.isSafe() ? Applicability::Safe : Applicability::Review;
  if (Set.A != Applicability::Safe)
    Set.LeftToDo.push_back("See that what ran before the report does not rely "
                           "on the call being unknown, nor CallKit's delegate "
                           "on what has run.");
  Set.Findings = Request.Findings;
  B.addTo(Set);
  return Set;
}
