//===-- Slice.cpp - the statements that fill a content --------------------===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "rewriters/notification_service/Slice.h"
#include "rewriters/capture/Movable.h"
#include "rewriters/capture/Words.h"
#include "rewriters/notification_service/LocalNotification.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include <set>

using namespace ringfence;
using llvm::StringRef;

bool ringfence::posts(const Step &S, const File &F) {
  bool Found = false;
  forEachCall(S, [&](const Call &C) {
    Found |= C.Name == "addNotificationRequest:withCompletionHandler:" ||
             C.Name == "presentLocalNotificationNow:" ||
             C.Name == "presentLocalNotificationNow" ||
             C.Name == "scheduleLocalNotification:" ||
             C.Name == "scheduleLocalNotification" ||
             C.Name == "requestWithIdentifier:content:trigger:" ||
             C.Name == "UNNotificationRequest" ||
             (C.Name == "add" &&
              StringRef(C.Receiver).contains("UNUserNotificationCenter"));
  });
  return Found || mentions(F, S.Where, "UNNotificationRequest");
}

/// Whether \p S hands \p Content to code of an earlier move.
static bool fillsByMovedCode(const Step &S, StringRef Content) {
  bool Found = false;
  for (const Call &C : S.Calls)
    Found |= (C.Name == "fill" || C.Name == "fillContent:fromUserInfo:") &&
             C.Arguments.size() == 2 && C.Arguments[0].V.Text == Content &&
             StringRef(C.Receiver).contains("Notification");
  return Found;
}

const Value *ringfence::badgeIn(const Step &S) {
  for (const Assignment &A : S.Assigns)
    if (StringRef(A.Target).ends_with(".applicationIconBadgeNumber"))
      return &A.V;
  for (const Call &C : S.Calls)
    if (C.Name == "setApplicationIconBadgeNumber:" && C.Arguments.size() == 1)
      return &C.Arguments.front().V;
  return nullptr;
}

namespace {

/// Chooses the statements that move.
class Slice {
public:
  Slice(const ProposeInput &In, PostedNotification &N)
      : In(In), N(N), List(N.list()), F(*N.H.In), Taken(List.size()) {}

  void run();
  void runDeeper();

private:
  void takeDeeper();
  void needDeeper();
  void takeWriters();
  void takeSettings();
  void takeBadge();
  bool isSure(const Value &V) const;
  bool isMadeOfPush() const;
  void provideTo(Needs &To) const;
  void need();
  static void addCall(Needs &To, const Callback &C);
  void checkStatement(const Step &S, bool MaySuspend);
  void checkStatements();
  void checkOrigin();
  void findIdentifier(const Step &Post, const std::vector<Level> &Levels);
  bool isCalledElsewhere() const;

  const ProposeInput &In;
  PostedNotification &N;
  const std::vector<Step> &List;
  const File &F;
  std::vector<bool> Taken;
  /// Of a UILocalNotification: the values that its counterpart uses.
  std::vector<std::pair<unsigned, const Value *>> Values;
};

void Slice::takeWriters() {
  for (unsigned I = N.Declared + 1; I < N.Post; ++I) {
    if (fillsByMovedCode(List[I], N.Content)) {
      N.IsMoved = true;
      return;
    }
    Taken[I] = mentions(F, List[I].Where, N.Content);
  }
  forEachStep(List[N.Post], [&](const Step &S) {
    if (writes(S, N.Content + ".title") || writes(S, N.Content + ".body") ||
        writes(S, N.Content + ".sound") || writes(S, N.Content + ".badge"))
      N.Blockers.push_back("the content is still changed where the "
                           "notification is posted");
  });
}

/// A string that is no optional, as far as the text tells.
bool Slice::isSure(const Value &V) const {
  if (N.H.language() != Language::Swift)
    return V.K == Value::Kind::Literal;
  if (StringRef(V.Text).contains("??"))
    return true;
  for (const Local &L : localsAt(*N.H.Fn, N.Levels))
    if (L.Name == V.Text && L.D)
      return L.D->Type == "String" || L.D->Init.K == Value::Kind::Literal ||
             StringRef(L.D->Init.Text).contains("??");
  return false;
}

/// As takeWriters, for a UILocalNotification.
void Slice::takeSettings() {
  for (unsigned I = N.Declared + 1; I < N.Post; ++I) {
    if (!mentions(F, List[I].Where, N.Content))
      continue;
    std::optional<PropertySetting> Set = propertySetting(List[I], N.Content);
    if (!Set) {
      N.Blockers.push_back("line " +
                           std::to_string(F.Source->line(List[I].Where.Begin)) +
                           " does more with the local notification than "
                           "setting a property");
      continue;
    }
    Counterpart C =
        counterpartOf(Set->Property, *Set->V, isSure(*Set->V), N.H.language());
    if (!C.Blocker.empty())
      N.Blockers.push_back(C.Blocker);
    if (!C.Lost.empty())
      N.Lost.push_back(C.Lost);
    if (C.Lines.empty())
      continue;
    Taken[I] = true;
    N.Instead[I] = C.Lines;
    if (StringRef(C.Lines).contains("$V"))
      Values.push_back({I, Set->V});
  }
}

/// As takeSettings, for the badge alone.
void Slice::takeBadge() {
  const Value &V = *badgeIn(List[N.Post]);
  Counterpart C = counterpartOf("applicationIconBadgeNumber", V,
                                /*IsSure=*/true, N.H.language());
  if (C.Lines.empty()) {
    N.Blockers.push_back("the badge is taken away");
    return;
  }
  Taken[N.Post] = true;
  N.Instead[N.Post] = C.Lines;
  Values.push_back({N.Post, &V});
}

/// Lets \p To know what the guards bind and the callbacks bring.
void Slice::provideTo(Needs &To) const {
  for (const Callback &C : N.Callbacks)
    for (const Parameter &P : C.Body->Parameters)
      To.provideParameter(P.Name);
  // The patterns of a decision name what it binds.
  auto QuestionOf = [&](const PushGuard &G) {
    return N.Decision && G.IsPattern ? Range() : G.Question;
  };
  for (const PushGuard &G : N.Guards)
    To.addCondition(G.Subject, QuestionOf(G), G.Binds);
  for (const PushGuard &G : N.CallGuards)
    To.addConditionOfCaller(G.Further, G.Subject, QuestionOf(G), G.Binds);
}

/// Finds out what the moved statements need, and lets their counterparts name
/// it.
void Slice::need() {
  N.Need = std::make_unique<Needs>(In, N.H, N.Levels);
  N.Need->provide(N.Content);
  if (N.Decision) {
    N.Need->mayDecode();
    for (const std::string &Name : N.Decision->Bound)
      N.Decision->InCaller ? N.Need->provideOfCaller(Name)
                           : N.Need->provide(Name);
    for (Range R : N.Decision->Needed)
      N.Decision->InCaller ? N.Need->addOfCaller(R) : N.Need->addExpression(R);
  }
  provideTo(*N.Need);
  for (unsigned I : N.Moved)
    if (!N.Instead.count(I))
      N.Need->addStep(List[I]);
  for (auto [I, V] : Values)
    N.Need->addExpression(V->Where);
  if (N.Need->usesArgument(N.Need->dictionaryName()))
    N.Blockers.push_back("'" + N.Need->dictionaryName() +
                         "' is the name of two things");
  auto Put = [](std::string &Text, StringRef Mark, StringRef By) {
    for (std::size_t At = Text.find(Mark.str()); At != std::string::npos;
         At = Text.find(Mark.str(), At + By.size()))
      Text.replace(At, Mark.size(), By.str());
  };
  for (auto &[I, Lines] : N.Instead)
    Put(Lines, "$C", N.Parameter);
  for (auto [I, V] : Values)
    Put(N.Instead[I], "$V", N.Need->text(V->Where));
}

/// Whether what is shown, apart from the guards, comes from the push.
bool Slice::isMadeOfPush() const {
  Needs Shown(In, N.H, N.waits() ? N.PostLevels : N.Levels);
  Shown.provide(N.Content);
  for (const Callback &C : N.Callbacks)
    for (const Parameter &P : C.Body->Parameters)
      Shown.provideParameter(P.Name);
  // What a guard binds is of the push, or of what it has led to.
  std::set<std::string> Bound;
  for (const PushGuard &G : N.Guards)
    for (const Declaration *D : G.Binds)
      if (Bound.insert(D->Name).second)
        Shown.provide(D->Name);
  for (unsigned I : N.Moved)
    if (!N.Instead.count(I))
      Shown.addStep(List[I]);
  for (const Step *S : N.Deeper)
    Shown.addStep(*S);
  // What calls back is asked for something of the push.
  for (const Callback &C : N.Callbacks)
    addCall(Shown, C);
  for (auto [I, V] : Values)
    Shown.addExpression(V->Where);
  return Shown.usesDictionary() ||
         llvm::any_of(Bound, [&](const std::string &Name) {
           return Shown.usesProvided(Name);
         });
}

void Slice::checkStatement(const Step &S, bool MaySuspend) {
  std::string Why = whyNotMovable(S, MaySuspend);
  if (!Why.empty())
    N.Blockers.push_back(
        "line " + std::to_string(F.Source->line(S.Where.Begin)) + " " + Why);
  forEachCall(S, [&](const Call &C) {
    if (const Api *A = In.Apis.find(C, N.H.language()); A && A->Reports)
      N.Blockers.push_back("a call is reported among its statements");
  });
}

void Slice::checkStatements() {
  for (unsigned I : N.Moved)
    if (!N.Instead.count(I))
      checkStatement(List[I], /*MaySuspend=*/false);
}

/// An extension sees every alert push: a text that is the same for all would
/// take the place of what each of them says.
void Slice::checkOrigin() {
  if (!N.Decision && !isMadeOfPush() && !N.isToldApart())
    N.Blockers.push_back("what it shows is not made of the push, and would "
                         "take the place of every alert's text");
}

void Slice::findIdentifier(const Step &Post, const std::vector<Level> &Levels) {
  Range R;
  forEachCall(Post, [&](const Call &C) {
    if (!C.Arguments.empty() &&
        (C.Name == "requestWithIdentifier:content:trigger:" ||
         (C.Name == "UNNotificationRequest" &&
          C.Arguments.front().Label == "identifier")) &&
        C.Arguments.front().V.K != Value::Kind::Literal)
      R = C.Arguments.front().V.Where;
  });
  if (R.empty())
    return;
  // A local made for the request alone: its value is the identifier.
  for (const Local &L : localsAt(*N.H.Fn, Levels))
    if (L.K == Local::Kind::Plain && F.Source->text(R) == L.Name &&
        StringRef(L.D->Init.Text).contains("UUID"))
      R = L.D->Init.Where;
  // What a random one falls back to names nothing that anybody could find.
  StringRef Text = F.Source->text(R);
  for (StringRef Random : {"?? UUID()", "?: [NSUUID UUID]", "?: NSUUID.UUID"})
    if (std::size_t At = Text.find(Random); At != StringRef::npos)
      R.End = R.Begin +
              static_cast<std::uint32_t>(Text.take_front(At).rtrim().size());
  Needs Probe(In, N.H, Levels);
  if (N.Decision)
    Probe.mayDecode();
  Probe.addExpression(R);
  // One that is no part of the push is made anew each time.
  if (Probe.blockers().empty() && Probe.usesDictionary())
    N.Identifier = R;
}

/// Whether the host is named anywhere but in the handler's one call.
bool Slice::isCalledElsewhere() const {
  StringRef Name = StringRef(N.H.Fn->Name).split(':').first;
  unsigned Named = 0;
  for (const std::string &Path : In.Project.filesWith(Name)) {
    const File *Other = In.Project.file(Path);
    if (!Other)
      return true;
    if (StringRef(Path).ends_with(".h"))
      continue;
    StringRef Bytes = Other->Source->bytes();
    for (const Word &W :
         words(Bytes, {0, static_cast<std::uint32_t>(Bytes.size())},
               Other->Source->language()))
      Named += W.Text == Name;
  }
  return Named != 2; // it and the call
}

void Slice::run() {
  N.Parameter = N.Content;
  if (N.IsBadge) {
    N.Parameter = "content";
    takeBadge();
  } else if (N.IsLocal) {
    N.Parameter = "content";
    takeSettings();
  } else {
    takeWriters();
  }
  if (N.IsMoved)
    return;
  if (!N.IsBadge)
    takeDeclarations(F, List, Taken, N.Post, N.Declared);
  for (unsigned I = 0; I != List.size(); ++I)
    if (Taken[I])
      N.Moved.push_back(I);
  if (N.Moved.empty()) {
    N.Blockers.push_back("nothing fills the content before it is posted");
    return;
  }
  checkStatements();
  need();
  checkOrigin();
  if (!N.IsBadge)
    findIdentifier(List[N.Post], N.Levels);
  if (N.Identifier)
    N.Need->addExpression(*N.Identifier);
  // What the handler has decrypted it goes on showing itself.
  N.IsCopied = N.Decision.has_value();
  // The helper has no push to hand to the filler; called for other pushes too,
  // it must not ask what its caller asks.
  N.IsCopied |= !N.IsLocal && N.H.Caller &&
                (N.Need->usesArguments() ||
                 (!N.CallGuards.empty() && isCalledElsewhere()));
  if (N.Need->usesCompletion())
    N.Blockers.push_back("the push's completion handler is called among its "
                         "statements");
  llvm::append_range(N.Blockers, N.Need->blockers());
}

/// Takes in what stands around the closures of a statement that calls back.
void Slice::addCall(Needs &To, const Callback &C) {
  std::vector<const Closure *> All = C.Others;
  All.push_back(C.Body);
  llvm::sort(All, [](const Closure *A, const Closure *B) {
    return A->Where.Begin < B->Where.Begin;
  });
  std::uint32_t Begin = C.Owner->Where.Begin;
  for (const Closure *Each : All) {
    To.addExpression({Begin, Each->Where.Begin});
    Begin = Each->Where.End;
  }
  To.addExpression({Begin, C.Owner->Where.End});
  for (const Step *S : C.Starts)
    To.addExpression(S->Where);
  for (const Declaration &D : C.Owner->Declares)
    To.provide(D.Name);
}

/// As takeWriters, on the whole way to the post.
void Slice::takeDeeper() {
  Needs Probe(In, N.H, N.PostLevels);
  auto NamesObject = [&](const Step &S) {
    return S.Declares.size() == 1 && Probe.isObject(S.Declares.front().Name);
  };
  for (std::size_t K = N.Levels.size() - 1; K != N.PostLevels.size(); ++K) {
    const Level &L = N.PostLevels[K];
    bool IsOwn = K + 1 == N.Levels.size();
    std::vector<bool> Moves(L.List->size());
    for (unsigned I = IsOwn ? N.Declared + 1 : 0; I < L.Index; ++I) {
      Moves[I] = mentions(F, (*L.List)[I].Where, N.Content);
      N.IsMoved |= fillsByMovedCode((*L.List)[I], N.Content);
    }
    takeDeclarations(F, *L.List, Moves, L.Index,
                     IsOwn ? std::optional(N.Declared) : std::nullopt);
    for (unsigned I = 0; I != L.Index; ++I)
      if (NamesObject((*L.List)[I]))
        continue; // it is called self there
      else if (Moves[I] && IsOwn)
        N.Moved.push_back(I);
      else if (Moves[I])
        N.Deeper.push_back(&(*L.List)[I]);
  }
}

void Slice::needDeeper() {
  N.Need = std::make_unique<Needs>(In, N.H, N.PostLevels);
  N.Need->runAlone();
  N.Need->provide(N.Content);
  provideTo(*N.Need);
  for (const Callback &C : N.Callbacks) {
    if (C.MayAwait)
      N.Need->allowAwaiting(C.Body->Where);
    addCall(*N.Need, C);
  }
  for (unsigned I : N.Moved)
    N.Need->addStep(List[I]);
  for (const Step *S : N.Deeper)
    N.Need->addStep(*S);
  if (N.Need->usesArgument(N.Need->dictionaryName()))
    N.Blockers.push_back("'" + N.Need->dictionaryName() +
                         "' is the name of two things");
}

void Slice::runDeeper() {
  N.Parameter = N.Content;
  takeDeeper();
  if (N.IsMoved)
    return;
  if (N.Moved.empty() && N.Deeper.empty()) {
    N.Blockers.push_back("nothing fills the content before it is posted");
    return;
  }
  auto MayAwait = [&](const Step &S) {
    return llvm::any_of(N.Callbacks, [&](const Callback &C) {
      return C.MayAwait && C.Body->Where.contains(S.Where.Begin);
    });
  };
  for (unsigned I : N.Moved)
    checkStatement(List[I], MayAwait(List[I]));
  for (const Step *S : N.Deeper)
    checkStatement(*S, MayAwait(*S));
  needDeeper();
  checkOrigin();
  findIdentifier(N.PostLevels.back().step(), N.PostLevels);
  if (N.Identifier)
    N.Need->addExpression(*N.Identifier);
  N.IsCopied = true;
  if (N.Need->usesCompletion())
    N.Blockers.push_back("the push's completion handler is called among its "
                         "statements");
  llvm::append_range(N.Blockers, N.Need->blockers());
}

} // namespace

void ringfence::chooseStatements(const ProposeInput &In,
                                 PostedNotification &N) {
  Slice(In, N).run();
}

void ringfence::chooseDeeperStatements(const ProposeInput &In,
                                       PostedNotification &N) {
  Slice(In, N).runDeeper();
}
