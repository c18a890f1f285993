//===-- Posted.cpp - a local notification and what builds it --------------===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "rewriters/notification_service/Posted.h"
#include "rewriters/capture/Movable.h"
#include "rewriters/capture/Words.h"
#include "rewriters/notification_service/LocalNotification.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

using namespace ringfence;
using llvm::StringRef;

static bool makesContent(const Declaration &D) {
  StringRef Init = D.Init.Text;
  return Init.contains("UNMutableNotificationContent") &&
         (Init.starts_with("UNMutableNotificationContent") ||
          Init.starts_with("["));
}

static bool makesLocalNotification(const Declaration &D) {
  StringRef Init = D.Init.Text;
  return Init.starts_with("UILocalNotification(") ||
         (Init.starts_with("[") && Init.contains("UILocalNotification"));
}

static bool posts(const Step &S, const File &F) {
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

/// What \p S sets the app's badge to; null if it does not.
static const Value *badgeIn(const Step &S) {
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

private:
  void takeWriters();
  void takeSettings();
  void takeBadge();
  bool isSure(const Value &V) const;
  bool isMadeOfPush() const;
  void need();
  void checkStatements();
  void findIdentifier();
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
  for (const PushGuard &G : N.Guards) {
    if (!G.IsPattern)
      N.Need->addExpression(G.Question);
    if (!G.Subject.empty())
      N.Need->addExpression(G.Subject);
  }
  for (unsigned I : N.Moved)
    if (!N.Instead.count(I))
      N.Need->addStep(List[I]);
  for (auto [I, V] : Values)
    N.Need->addExpression(V->Where);
  for (const PushGuard &G : N.CallGuards) {
    if (!G.IsPattern)
      N.Need->addOfCaller(G.Question);
    if (!G.Subject.empty())
      N.Need->addOfCaller(G.Subject);
  }
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
  Needs Shown(In, N.H, N.Levels);
  Shown.provide(N.Content);
  for (unsigned I : N.Moved)
    if (!N.Instead.count(I))
      Shown.addStep(List[I]);
  for (auto [I, V] : Values)
    Shown.addExpression(V->Where);
  return Shown.usesDictionary();
}

void Slice::checkStatements() {
  for (unsigned I : N.Moved) {
    if (N.Instead.count(I))
      continue;
    std::string Why = whyNotMovable(List[I]);
    if (!Why.empty())
      N.Blockers.push_back("line " +
                           std::to_string(F.Source->line(List[I].Where.Begin)) +
                           " " + Why);
    forEachCall(List[I], [&](const Call &C) {
      if (const Api *A = In.Apis.find(C, N.H.language()); A && A->Reports)
        N.Blockers.push_back("a call is reported among its statements");
    });
  }
}

void Slice::findIdentifier() {
  Range R;
  forEachCall(List[N.Post], [&](const Call &C) {
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
  for (const Local &L : localsAt(*N.H.Fn, N.Levels))
    if (L.K == Local::Kind::Plain && F.Source->text(R) == L.Name &&
        StringRef(L.D->Init.Text).contains("UUID"))
      R = L.D->Init.Where;
  // What a random one falls back to names nothing that anybody could find.
  StringRef Text = F.Source->text(R);
  for (StringRef Random : {"?? UUID()", "?: [NSUUID UUID]", "?: NSUUID.UUID"})
    if (std::size_t At = Text.find(Random); At != StringRef::npos)
      R.End = R.Begin +
              static_cast<std::uint32_t>(Text.take_front(At).rtrim().size());
  Needs Probe(In, N.H, N.Levels);
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
  // An extension sees every alert push: a text that is the same for all would
  // take the place of what each of them says.
  if (!N.Decision && !isMadeOfPush() && !N.isToldApart())
    N.Blockers.push_back("what it shows is not made of the push, and would "
                         "take the place of every alert's text");
  if (!N.IsBadge)
    findIdentifier();
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

} // namespace

/// The literal at the end of a condition such as `type == "message"`.
/// "a, b" asks two questions, "let a = b" answers one by a name.
static bool isPlainQuestion(StringRef Text) {
  int Depth = 0;
  for (char C : Text) {
    Depth += C == '(' || C == '[' || C == '{';
    Depth -= C == ')' || C == ']' || C == '}';
    if (C == ',' && Depth == 0)
      return false;
  }
  return !Text.contains("let ") && !Text.contains("var ") &&
         !Text.contains("case ") && !Text.contains('#');
}

static bool isLiteral(StringRef Text) {
  long long Number = 0;
  return !Text.getAsInteger(0, Number) ||
         (Text.size() > 1 && Text.front() == '"' && Text.back() == '"' &&
          Text.count('"') == 2 && !Text.contains("\\("));
}

/// Whether \p C, when true, pins a value to a literal. An "or" does only if
/// each of its sides does.
static bool comparesWithLiteral(const Condition &C, const File &F) {
  switch (C.K) {
  case Condition::Kind::And:
    return llvm::any_of(C.Operands, [&](const Condition &O) {
      return comparesWithLiteral(O, F);
    });
  case Condition::Kind::Or:
    return llvm::all_of(C.Operands, [&](const Condition &O) {
      return comparesWithLiteral(O, F);
    });
  case Condition::Kind::Equal:
  case Condition::Kind::Other:
    break;
  default:
    return false;
  }
  StringRef Text =
      C.Where.empty() ? StringRef(C.Text) : F.Source->text(C.Where);
  if (isLiteral(Text))
    return true; // the pattern of a case
  if (Text.contains("!=") || Text.contains("?:") || Text.contains("??"))
    return false;
  for (StringRef Asks : {"isEqualToString:", "isEqual:"})
    if (std::size_t At = Text.find(Asks); At != StringRef::npos) {
      StringRef With = Text.drop_front(At + Asks.size()).trim(" ])");
      With.consume_front("@");
      return !Text.starts_with("!") && isLiteral(With);
    }
  auto [Left, Right] = Text.split("==");
  Left = Left.trim(" ()");
  Right = Right.trim(" ()");
  Left.consume_front("@");
  Right.consume_front("@");
  return Text.contains("==") && (isLiteral(Left) || isLiteral(Right));
}

bool PostedNotification::isToldApart() const {
  auto Tells = [](const PushGuard &G) { return G.IsTelling; };
  return llvm::any_of(Guards, Tells) || llvm::any_of(CallGuards, Tells);
}

/// What the Swift switch \p S is about, as it is written there: the model has
/// the value of a constant instead of its name. Empty where that is no plain
/// expression.
static Range subjectOf(const Step &S, const File &F) {
  StringRef Text = F.Source->text(S.Where);
  std::size_t Keyword = Text.find("switch ");
  if (Keyword == StringRef::npos || Text.take_front(Keyword).contains('\n'))
    return {};
  std::size_t Begin = Keyword + StringRef("switch ").size();
  std::size_t End = Text.find('{', Begin);
  if (End == StringRef::npos)
    return {};
  StringRef Subject = Text.slice(Begin, End).rtrim();
  if (Subject.empty() || Subject.contains('\n') || Subject.contains("//"))
    return {};
  auto At = [&](std::size_t Offset) {
    return S.Where.Begin + static_cast<std::uint32_t>(Offset);
  };
  return {At(Begin), At(Begin + Subject.size())};
}

/// What \p L's arm asks before its statements run; none if an arm's condition
/// cannot be put as a guard.
/// \p AsPattern: the names that a case binds are to be there, too.
static std::optional<std::vector<PushGuard>>
guardsOf(const Level &L, const File &F, bool AsPattern) {
  std::vector<PushGuard> Guards;
  const Step &Owner = *L.Owner;
  if (Owner.K != Step::Kind::Branch)
    return Guards; // a loop or a scope asks nothing of its own
  if (Owner.Branch == Step::BranchKind::Switch) {
    if (L.InArm->K != Arm::Kind::Case ||
        (!L.InArm->Declares.empty() && !AsPattern) ||
        F.Source->language() != Language::Swift)
      return std::nullopt;
    const Condition &When = L.InArm->When;
    Range Subject = subjectOf(Owner, F);
    if (AsPattern && !Subject.empty() && !When.Where.empty() &&
        !F.Source->text(When.Where).contains(','))
      return std::vector<PushGuard>{{When.Where, Subject, /*IsNegated=*/false,
                                     /*IsTelling=*/true, /*IsPattern=*/true}};
    if (Subject.empty() || When.Where.empty() ||
        !isLiteral(F.Source->text(When.Where)))
      return std::nullopt;
    Guards.push_back(
        {When.Where, Subject, /*IsNegated=*/false, /*IsTelling=*/true});
    return Guards;
  }
  if (Owner.Branch != Step::BranchKind::If)
    return std::nullopt;
  for (const Arm &A : Owner.Arms) {
    bool IsMine = &A == L.InArm;
    if (A.K == Arm::Kind::Else)
      break;
    if (A.When.Where.empty() || !A.Declares.empty() ||
        !isPlainQuestion(F.Source->text(A.When.Where)))
      return std::nullopt;
    Guards.push_back({A.When.Where,
                      {},
                      /*IsNegated=*/!IsMine,
                      IsMine && comparesWithLiteral(A.When, F)});
    if (IsMine)
      break;
  }
  return Guards;
}

static std::string kindOf(const Condition &C) {
  if (C.K == Condition::Kind::And || C.K == Condition::Kind::Or) {
    for (const Condition &O : C.Operands)
      if (std::string K = kindOf(O); !K.empty())
        return K;
    return "";
  }
  StringRef Text = C.Text;
  std::size_t Open = Text.find('"');
  std::size_t Close = Text.rfind('"');
  if (C.K == Condition::Kind::Not || Open == StringRef::npos || Open == Close)
    return "";
  // The last literal: `info["type"] == "message"`.
  Text = Text.take_front(Close);
  return Text.substr(Text.rfind('"') + 1).str();
}

/// In the foreground the system asks the app about a pushed notification.
static bool asksForAppState(const Condition &C) {
  if (C.Operands.empty())
    return C.K == Condition::Kind::AppState;
  return llvm::all_of(C.Operands, asksForAppState);
}

bool PostedNotification::covers(const Place &At) const {
  if (At.In != H.In)
    return false;
  const Step &Making = list()[Post];
  for (unsigned I = 0; I != list().size(); ++I) {
    const Step &S = list()[I];
    if (!S.Where.contains(At.Where.Begin))
      continue;
    // A request may be made in one statement and posted in another.
    return I == Declared || I == Post || llvm::is_contained(Moved, I) ||
           (I > Post &&
            (posts(S, *H.In) ||
             llvm::any_of(Making.Declares, [&](const Declaration &D) {
               return mentions(*H.In, S.Where, D.Name);
             })));
  }
  return false;
}

/// Notes what the branches around \p Levels of \p H ask: of the push, in
/// \p Guards, or of something else.
static void askWays(const ProposeInput &In, const Host &H,
                    const std::vector<Level> &Levels, PostedNotification &N,
                    std::vector<PushGuard> &Guards) {
  for (const Level &L : Levels) {
    bool Decides = N.Decision && L.Owner && L.Owner->Where == N.Decision->Where;
    // Whatever gets this far is no call.
    if (Decides && N.Decision->IsComplete)
      continue;
    if (!L.InArm || L.InArm->When.Text.empty())
      continue;
    const Condition &When = L.InArm->When;
    if (asksForAppState(When)) {
      N.AsksForAppState = true;
      continue;
    }
    // The push alone answers it: the extension can ask it too.
    std::optional<std::vector<PushGuard>> Own = guardsOf(L, *H.In, Decides);
    bool Asks =
        Own && !Own->empty() && llvm::all_of(*Own, [&](const PushGuard &G) {
          Needs Probe(In, H, Levels);
          if (N.Decision)
            Probe.mayDecode();
          if (Decides)
            for (const std::string &Name : N.Decision->Bound)
              Probe.provide(Name);
          if (!G.IsPattern)
            Probe.addExpression(G.Question);
          if (!G.Subject.empty())
            Probe.addExpression(G.Subject);
          return Probe.blockers().empty() && Probe.usesDictionary() &&
                 !Probe.usesCompletion();
        });
    if (Asks)
      llvm::append_range(Guards, *Own);
    else if (When.K != Condition::Kind::PushType)
      N.Conditions.push_back(L.InArm->K == Arm::Kind::Case && !When.Name.empty()
                                 ? When.Name + " is " + When.Text
                                 : When.Text);
    if (std::string K = kindOf(When); !K.empty())
      N.Kind = std::move(K);
  }
}

std::optional<PostedNotification> ringfence::badgeOfPush(const ProposeInput &In,
                                                         const Host &Caller,
                                                         std::uint32_t Offset) {
  PostedNotification N;
  N.H = Caller;
  N.IsLocal = N.IsBadge = true;
  N.Levels = levelsAt(*Caller.Fn, Offset);
  if (N.Levels.empty() || !badgeIn(N.Levels.back().step()) ||
      !N.Levels.back().step().Arms.empty() ||
      N.Levels.back().step().K != Step::Kind::Do)
    return std::nullopt;
  N.Declared = N.Post = N.Levels.back().Index;
  askWays(In, Caller, N.Levels, N, N.Guards);
  if (Caller.Caller)
    askWays(In, *Caller.Caller, Caller.CallLevels, N, N.CallGuards);
  Slice(In, N).run();
  return N;
}

std::optional<PostedNotification>
ringfence::postedNotification(const ProposeInput &In, const Host &Caller,
                              std::uint32_t Offset,
                              std::optional<CallDecision> Decision) {
  PostedNotification N;
  N.H = Caller;
  N.Decision = std::move(Decision);
  std::vector<Level> Levels = levelsAt(*Caller.Fn, Offset);
  while (!Levels.empty()) {
    const std::vector<Step> &List = *Levels.back().List;
    for (unsigned I = 0; I <= Levels.back().Index; ++I)
      for (const Declaration &D : List[I].Declares)
        if (List[I].K == Step::Kind::Declare &&
            (makesContent(D) || makesLocalNotification(D))) {
          N.Declared = I;
          N.Content = D.Name;
          N.IsLocal = !makesContent(D);
        }
    if (!N.Content.empty())
      break;
    Levels.pop_back();
  }
  if (Levels.empty())
    return std::nullopt;
  N.Levels = std::move(Levels);
  const std::vector<Step> &List = N.list();
  for (N.Post = N.Declared + 1; N.Post < List.size(); ++N.Post)
    if (posts(List[N.Post], *Caller.In))
      break;
  if (N.Post == List.size())
    return std::nullopt;
  // What is visible at the post is what the moved statements may use.
  N.Levels.back().Index = N.Post;
  askWays(In, Caller, N.Levels, N, N.Guards);
  if (Caller.Caller)
    askWays(In, *Caller.Caller, Caller.CallLevels, N, N.CallGuards);
  Slice(In, N).run();
  return N;
}
