//===-- HandlerTail.cpp - what a handler does with a push -----------------===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "rewriters/pushkit/HandlerTail.h"
#include "rewriters/capture/Host.h"
#include "rewriters/capture/Movable.h"
#include "rewriters/edit/LineCuts.h"
#include "llvm/ADT/STLExtras.h"

using namespace ringfence;
using llvm::StringRef;

bool ringfence::isQuiet(const Step &S, const Catalogue &Apis, Language L,
                        StringRef Completion) {
  bool Quiet = S.K != Step::Kind::Opaque;
  forEachCall(S, [&](const Call &C) {
    const Api *A = Apis.find(C, L);
    bool Reads = C.K == Call::Kind::PropertyRead ||
                 C.K == Call::Kind::Subscript ||
                 (!Completion.empty() && C.Name == Completion);
    bool Logs = C.Receiver.empty() && StringRef(C.Name).contains_insensitive(
                                          "log"); // the project's own
    if (A ? A->E != Effect::Log && A->E != Effect::Pure &&
                A->E != Effect::Completion
          : !Reads && !Logs)
      Quiet = false;
  });
  forEachStep(S, [&](const Step &Inner) {
    for (const Assignment &A : Inner.Assigns)
      if (StringRef(A.Target).contains('.') || A.Target.front() == '_')
        Quiet = false;
  });
  return Quiet;
}

/// Whether \p S may stay where it is when everything behind it goes: it logs,
/// reads, or leaves.
static bool mayStayBehind(const Step &S, const Catalogue &Apis, Language L,
                          StringRef Completion) {
  return (S.K == Step::Kind::Do || S.K == Step::Kind::Declare ||
          S.K == Step::Kind::Branch) &&
         isQuiet(S, Apis, L, Completion);
}

/// The arm of \p S that is for pushes of one type, if nothing is done for
/// others.
static const Arm *armByType(const Step &S, const File &F, StringRef Type) {
  if (S.K != Step::Kind::Branch || S.Branch != Step::BranchKind::If ||
      S.Arms.size() != 1 || S.InMacro || Type.empty())
    return nullptr;
  const Arm &A = S.Arms.front();
  return A.When.K == Condition::Kind::PushType &&
                 mentions(F, A.When.Where.empty() ? S.Where : A.When.Where,
                          Type)
             ? &A
             : nullptr;
}

static void settle(HandlerTail &T, const ProposeInput &In,
                   const std::vector<Step> &List, Range Inside) {
  const File &F = *T.H.In;
  const SourceFile &Source = *F.Source;
  T.List = &List;
  std::string Why;
  for (T.First = 0; T.First != List.size(); ++T.First) {
    std::vector<Level> Levels = levelsAt(*T.H.Fn, List.back().Where.Begin);
    while (!Levels.empty() && Levels.back().List != &List)
      Levels.pop_back();
    if (Levels.empty())
      break;
    T.Need = std::make_unique<Needs>(In, T.H, Levels, NewPlace::SameType);
    for (unsigned I = T.First; I != List.size(); ++I)
      T.Need->addStep(List[I]);
    bool InMacro = llvm::any_of(llvm::drop_begin(List, T.First),
                                [](const Step &S) { return S.InMacro; });
    if (T.Need->blockers().empty() && !InMacro) {
      Why.clear();
      break;
    }
    Why = InMacro ? "it stands in a macro" : T.Need->blockers().front();
    if (!mayStayBehind(List[T.First], In.Apis, T.H.language(),
                       T.H.Completion)) {
      T.Blocker = Why;
      return;
    }
  }
  if (T.First == List.size())
    return; // all of it may stay: it does nothing that others would have to
  // What is called there is not what the tail itself declares.
  std::vector<Level> Front = levelsAt(*T.H.Fn, List[T.First].Where.Begin);
  while (!Front.empty() && Front.back().List != &List)
    Front.pop_back();
  T.Dictionary = Needs(In, T.H, Front).dictionaryInHost();
  std::uint32_t Begin = List[T.First].WithComments.Begin;
  std::uint32_t End = std::max(Inside.End, List.back().WithComments.End);
  StringRef Text = Source.text({Begin, End});
  T.Where = {Begin, Begin + static_cast<std::uint32_t>(Text.rtrim().size())};
  if (cutsConditional(Source.text(T.Where)))
    T.Blocker = "it holds a part of an #if";
  for (unsigned I = T.First; I != List.size(); ++I)
    T.HasWork |= !isQuiet(List[I], In.Apis, T.H.language(), T.H.Completion);
}

HandlerTail ringfence::handlerTail(const ProposeInput &In,
                                   const JudgedHandler &J) {
  HandlerTail T;
  T.H = hostOf(J);
  const Function &Fn = J.function();
  // The arm that everything stands in, if there is one.
  const std::vector<Step> &All = Fn.Steps;
  if (!All.empty())
    if (const Arm *A = armByType(All.back(), *J.In, J.H->PushType))
      if (!A->Steps.empty() &&
          llvm::all_of(llvm::drop_end(All), [&](const Step &S) {
            return isQuiet(S, In.Apis, T.H.language(), T.H.Completion);
          })) {
        settle(T, In, A->Steps, A->Inside);
        return T;
      }
  settle(T, In, All, Fn.Inside);
  return T;
}
