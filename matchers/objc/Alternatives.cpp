//===-- Alternatives.cpp - branches of #if left out -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "matchers/objc/Alternatives.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

using namespace ringfence;
using namespace ringfence::objc;
using llvm::StringRef;

namespace {

bool isSkipped(const std::vector<Range> &Skipped, std::uint32_t Offset) {
  return llvm::any_of(Skipped,
                      [&](const Range &R) { return R.contains(Offset); });
}

/// A region that cuts through the head of a function decides which of several
/// heads a shared body has.
bool splitsHead(const Conditional &C, const File &F) {
  return llvm::any_of(F.Functions, [&](const Function &Fn) {
    return C.Where.overlaps(Fn.Head) && !C.Where.contains(Fn.Where) &&
           !Fn.Inside.contains(C.Where);
  });
}

const Function *functionAt(const File &F, std::uint32_t BodyBegin) {
  for (const Function &Fn : F.Functions)
    if (Fn.Body.Begin == BodyBegin)
      return &Fn;
  return nullptr;
}

using Steps = std::vector<Step>;

const Step *stepAt(const Steps *In, const Step &Like) {
  if (In)
    for (const Step &S : *In)
      if (S.Where.Begin == Like.Where.Begin && S.K == Like.K)
        return &S;
  return nullptr;
}

const Steps *closureSteps(const std::vector<Closure> &In, const Range &Body) {
  for (const Closure &C : In)
    if (C.Body.Begin == Body.Begin)
      return &C.Steps;
  return nullptr;
}

/// Replaces what stands in one region by a Configuration step.
class RegionMerger {
public:
  RegionMerger(const Conditional &C, const std::vector<Range> &Skipped)
      : C(C), Skipped(Skipped) {}

  /// \p Others: the same list in the readings of arm 0, 1, …; null where a
  /// reading lacks it. \returns false if a statement crosses the region.
  bool merge(Steps &Base, std::vector<const Steps *> Others) {
    for (Step &S : Base) {
      if (!S.Where.contains(C.Where))
        continue;
      auto Counterparts = [&](auto Find) {
        std::vector<const Steps *> Found;
        for (const Steps *O : Others) {
          const Step *Same = stepAt(O, S);
          Found.push_back(Same ? Find(*Same) : nullptr);
        }
        return Found;
      };
      for (Closure &Inner : S.Closures)
        if (Inner.Body.contains(C.Where))
          return merge(Inner.Steps, Counterparts([&](const Step &Same) {
                         return closureSteps(Same.Closures, Inner.Body);
                       }));
      for (std::size_t I = 0; I < S.Arms.size(); ++I) {
        Arm &A = S.Arms[I];
        for (Closure &Inner : A.Closures)
          if (Inner.Body.contains(C.Where))
            return merge(Inner.Steps,
                         Counterparts([&](const Step &Same) -> const Steps * {
                           return I < Same.Arms.size()
                                      ? closureSteps(Same.Arms[I].Closures,
                                                     Inner.Body)
                                      : nullptr;
                         }));
        if (A.Inside.contains(C.Where))
          return merge(
              A.Steps, Counterparts([&](const Step &Same) -> const Steps * {
                return I < Same.Arms.size() ? &Same.Arms[I].Steps : nullptr;
              }));
      }
      return false;
    }
    return replace(Base, Others);
  }

private:
  const Conditional &C;
  const std::vector<Range> &Skipped;

  bool replace(Steps &Base, const std::vector<const Steps *> &Others) {
    Step New;
    New.K = Step::Kind::Configuration;
    New.Where = New.WithComments = C.Where;
    New.HasElse = C.HasElse;
    for (std::size_t I = 0; I < C.Arms.size(); ++I) {
      const ConditionalArm &From = C.Arms[I];
      Arm A;
      A.K = Arm::Kind::Conditional;
      A.Where = A.Inside = From.Inside;
      A.When.Text = From.Condition;
      A.When.Where = From.Directive;
      bool Active = !isSkipped(Skipped, From.Inside.Begin);
      const Steps *Source = Active              ? &Base
                            : I < Others.size() ? Others[I]
                                                : nullptr;
      if (!Source)
        return false;
      for (const Step &S : *Source) {
        if (From.Inside.contains(S.Where))
          A.Steps.push_back(S);
        else if (S.Where.overlaps(C.Where) && !C.Where.contains(S.Where))
          return false;
      }
      New.Arms.push_back(std::move(A));
    }
    if (llvm::any_of(Base, [&](const Step &S) {
          return S.Where.overlaps(C.Where) && !C.Where.contains(S.Where);
        }))
      return false;
    llvm::erase_if(Base,
                   [&](const Step &S) { return C.Where.contains(S.Where); });
    auto At = llvm::find_if(
        Base, [&](const Step &S) { return S.Where.Begin >= C.Where.End; });
    Base.insert(At, std::move(New));
    return true;
  }
};

} // namespace

std::string ringfence::objc::withArm(const SourceFile &Source,
                                     const SourceLayout &Layout, const File &F,
                                     unsigned Choice) {
  std::string Text = Source.bytes().str();
  for (const Conditional &C : Layout.Conditionals) {
    if (splitsHead(C, F))
      continue;
    std::size_t Taken = Choice < C.Arms.size() ? Choice
                        : C.HasElse            ? C.Arms.size() - 1
                                               : C.Arms.size();
    for (std::size_t I = 0; I < C.Arms.size(); ++I) {
      Range D = C.Arms[I].Directive;
      bool IsElse = C.HasElse && I + 1 == C.Arms.size();
      if (IsElse)
        continue; // taken if no other is
      std::string New = I == 0 ? "#if " : "#elif ";
      New += I == Taken ? '1' : '0';
      // A comment may go on in the next line; then the region stays.
      StringRef Old = Source.text(D);
      if (Old.size() < New.size() || Old.count("/*") != Old.count("*/"))
        break;
      New.resize(Old.size(), ' ');
      Text.replace(D.Begin, New.size(), New);
    }
  }
  return Text;
}

unsigned ringfence::objc::armsToRead(const SourceLayout &Layout, const File &F,
                                     const std::vector<Range> &Skipped) {
  unsigned Most = 0;
  for (const Conditional &C : Layout.Conditionals) {
    bool LeftOut = llvm::any_of(C.Arms, [&](const ConditionalArm &A) {
      return isSkipped(Skipped, A.Inside.Begin);
    });
    if (!LeftOut || splitsHead(C, F))
      continue;
    bool InBody = llvm::any_of(F.Functions, [&](const Function &Fn) {
      return Fn.Inside.contains(C.Where);
    });
    bool HoldsHandler = F.Source->text(C.Where).contains("didReceiveIncoming");
    if (InBody || HoldsHandler)
      Most = std::max<unsigned>(Most, C.Arms.size());
  }
  return std::min(Most, 8u);
}

void ringfence::objc::mergeArms(File &F, const SourceLayout &Layout,
                                const std::vector<Range> &Skipped,
                                const std::vector<File> &Readings) {
  // Functions that stand in no arm that was taken.
  std::vector<Function> Added;
  std::vector<Handler> AddedHandlers;
  for (const File &R : Readings)
    for (const auto &[I, Fn] : llvm::enumerate(R.Functions)) {
      auto Overlaps = [&](const Function &Other) {
        return Other.Where.overlaps(Fn.Where);
      };
      if (!isSkipped(Skipped, Fn.Where.Begin) ||
          llvm::any_of(F.Functions, Overlaps) || llvm::any_of(Added, Overlaps))
        continue;
      for (Handler H : R.Handlers)
        if (H.FunctionIndex == I) {
          H.FunctionIndex = F.Functions.size() + Added.size();
          AddedHandlers.push_back(std::move(H));
        }
      Added.push_back(Fn);
    }

  for (const Conditional &C : Layout.Conditionals) {
    if (llvm::all_of(C.Arms, [&](const ConditionalArm &A) {
          return !isSkipped(Skipped, A.Inside.Begin);
        }))
      continue;
    auto Fn = llvm::find_if(F.Functions, [&](const Function &Each) {
      return Each.Inside.contains(C.Where);
    });
    // Regions inside an arm that was left out have been read with it.
    bool LeftOutWhole = llvm::any_of(Skipped, [&](const Range &R) {
      return R.Begin < C.Where.Begin && R.contains(C.Where.Begin);
    });
    if (Fn == F.Functions.end() || LeftOutWhole)
      continue;
    std::vector<const Steps *> Others;
    for (const File &R : Readings) {
      const Function *Same = functionAt(R, Fn->Body.Begin);
      Others.push_back(Same ? &Same->Steps : nullptr);
    }
    if (!RegionMerger(C, Skipped).merge(Fn->Steps, std::move(Others)))
      F.Problems.push_back(
          {F.Source->path().str(), F.Source->line(C.Where.Begin),
           "#if splits a statement: only the branch that is compiled was read",
           false});
  }

  if (Added.empty())
    return;
  llvm::move(Added, std::back_inserter(F.Functions));
  llvm::move(AddedHandlers, std::back_inserter(F.Handlers));
  // Back to source order; handlers follow their functions.
  std::vector<unsigned> Order(F.Functions.size());
  for (unsigned I = 0; I < Order.size(); ++I)
    Order[I] = I;
  llvm::stable_sort(Order, [&](unsigned A, unsigned B) {
    return F.Functions[A].Where.Begin < F.Functions[B].Where.Begin;
  });
  std::vector<Function> Sorted;
  std::vector<unsigned> NewIndex(Order.size());
  for (unsigned I = 0; I < Order.size(); ++I) {
    NewIndex[Order[I]] = I;
    Sorted.push_back(std::move(F.Functions[Order[I]]));
  }
  F.Functions = std::move(Sorted);
  for (Handler &H : F.Handlers)
    H.FunctionIndex = NewIndex[H.FunctionIndex];
  llvm::stable_sort(F.Handlers, [](const Handler &A, const Handler &B) {
    return A.FunctionIndex < B.FunctionIndex;
  });
}
