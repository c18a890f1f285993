//===-- CleanUpMessages.cpp - the handler shows no messages any more ------===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "rewriters/notification_service/CleanUpMessages.h"
#include "rewriters/capture/Clauses.h"
#include "rewriters/capture/Host.h"
#include "rewriters/capture/Movable.h"
#include "rewriters/edit/Style.h"
#include "rewriters/notification_service/Posted.h"
#include "rewriters/notification_service/ServiceText.h"
#include "rewriters/notification_service/Services.h"
#include "rewriters/sweep/Sweep.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

using namespace ringfence;
using llvm::StringRef;

namespace {

class CleanUp {
public:
  explicit CleanUp(const FixRequest &R)
      : R(R), In(R.In), JH(R.handler()), Swept(In, Edits) {}

  std::optional<FixSet> run();

private:
  /// A notification that the extension fills, and where the handler has it
  /// posted by a helper: the statement that calls the helper.
  struct Shown {
    PostedNotification N;
    Place HandlerAt;
  };
  void gather();
  std::string whyNotFilled();
  std::string take(const Shown &S);
  std::string choose(const PostedNotification &N, std::vector<unsigned> &Goes,
                     const Step *&Replaced, std::string &By) const;
  std::string completionIn(const Step &S, const Host &H,
                           std::string &Why) const;
  bool isFine(const Call &C, Language L) const;
  std::string helper(const Shown &S, const std::vector<unsigned> &Goes,
                     bool &IsWhole);
  void takeCopied();
  void sayWhatFills(FixSet &Set);

  const FixRequest &R;
  const ProposeInput &In;
  const JudgedHandler &JH;
  Builders Edits;
  Sweep Swept;
  std::vector<Shown> All;
  std::vector<std::string> Services;
  std::vector<std::string> Fillers; ///< types that fill the contents
  std::string Extension;            ///< name of the target
};

/// "MessageNotification" of "[[MessageNotification alloc] init]".
std::string fillerOf(const PostedNotification &N) {
  for (const Step &S : N.list())
    for (const Call &C : S.Calls)
      if ((C.Name == "fill" || C.Name == "fillContent:fromUserInfo:") &&
          C.Arguments.size() == 2 && C.Arguments[0].V.Text == N.Content)
        return StringRef(C.Receiver)
            .ltrim("[ ")
            .take_while([](char C) { return llvm::isAlnum(C) || C == '_'; })
            .str();
  return "";
}

} // namespace

void CleanUp::gather() {
  for (const Work &W : JH.V.Steps) {
    if (W.E != Effect::LocalNotification)
      continue;
    std::optional<Host> H = hostOf(In, JH, W);
    if (!H)
      continue;
    std::optional<PostedNotification> N =
        postedNotification(In, *H, W.At.Where.Begin);
    if (!N || llvm::any_of(All, [&](const Shown &S) {
          return S.N.H.In == N->H.In && S.N.key() == N->key();
        }))
      continue;
    Style S = styleOf(*N->H.In);
    SourceLayout L{N->H.language() == Language::Swift, S.Unit, S.LineEnding};
    std::string Filler = N->IsMoved ? fillerOf(*N) : writtenFiller(In, L, *N);
    if (!N->IsMoved && Filler.empty())
      continue;
    if (!Filler.empty())
      Fillers.push_back(std::move(Filler));
    All.push_back({std::move(*N), W.HandlerAt});
  }
}

/// Why the extension cannot be relied upon, as a clause; "" if it can.
std::string CleanUp::whyNotFilled() {
  if (Services.empty())
    return "no notification service extension is in sight";
  const std::string &Service = Services.front();
  std::vector<const xcode::Target *> Targets =
      In.Project.targets().extensionsOf(Service);
  if (Targets.empty())
    return In.Project.targets().whyNoExtension(Service);
  Extension = Targets.front()->Name;
  for (const std::string &Name : Fillers) {
    const File *F = In.Project.file(Service);
    Range Whole{0,
                F ? static_cast<std::uint32_t>(F->Source->bytes().size()) : 0U};
    if (!F || !mentions(*F, Whole, Name))
      return Service + " does not hand its notifications to " + Name;
    for (const FunctionSource::TypeRef &T : In.Functions.types(Name))
      if (StringRef Path = T.In->Source->path();
          !Path.ends_with(".h") && !Targets.front()->compiles(Path))
        return "the target '" + Extension + "' does not compile " + Path.str();
  }
  return "";
}

/// Whether \p C does nothing that anybody would miss once the notification is
/// not shown here any more.
bool CleanUp::isFine(const Call &C, Language L) const {
  if (const Api *A = In.Apis.find(C, L))
    return A->E == Effect::Pure || A->E == Effect::LocalNotification ||
           A->E == Effect::Log || A->E == Effect::Badge;
  StringRef On = C.Receiver;
  return (C.K != Call::Kind::Function && C.K != Call::Kind::Method) ||
         On.contains("UNUserNotificationCenter") ||
         On.contains("UNNotification");
}

/// The statement in a closure of \p S that calls the push's completion handler;
/// it stays. \p Why says why nothing else in the closures may go.
std::string CleanUp::completionIn(const Step &S, const Host &H,
                                  std::string &Why) const {
  const SourceFile &Source = *H.In->Source;
  std::string Kept;
  for (const Closure &C : S.Closures)
    for (const Step &Inner : C.Steps) {
      bool Completes =
          !H.Completion.empty() && mentions(*H.In, Inner.Where, H.Completion);
      if (Completes && Kept.empty())
        Kept = Source.text(Inner.Where).str();
      else if (Completes)
        Why = "its completion handler is called in several places";
      forEachCall(Inner, [&](const Call &C) {
        bool IsOwn = C.Name == H.Completion && C.Receiver.empty();
        if (!IsOwn && !isFine(C, H.language()))
          Why = "what is done once it is posted, '" + C.Name + "', stays";
      });
    }
  // Handed on as it is.
  if (Kept.empty() && !H.Completion.empty() &&
      mentions(*H.In, S.Where, H.Completion))
    Why = "the push's completion handler is handed on with it";
  return Kept;
}

/// Chooses the statements of \p N's list that are about the notification
/// alone. One that calls the push's completion handler is \p Replaced \p By
/// that call. Returns why they cannot go, or "".
std::string CleanUp::choose(const PostedNotification &N,
                            std::vector<unsigned> &Goes, const Step *&Replaced,
                            std::string &By) const {
  const File &F = *N.H.In;
  std::vector<std::string> Names = {N.Content};
  for (unsigned I = N.Declared; I != N.list().size(); ++I) {
    const Step &S = N.list()[I];
    if (llvm::none_of(Names, [&](const std::string &Name) {
          return mentions(F, S.Where, Name);
        }))
      continue;
    for (const Declaration &D : S.Declares)
      Names.push_back(D.Name);
    std::string Line =
        "line " + std::to_string(F.Source->line(S.Where.Begin)) + " ";
    if (S.InMacro || S.K == Step::Kind::Exit || S.K == Step::Kind::Opaque ||
        S.K == Step::Kind::Configuration)
      return Line + "does more with the notification than showing it";
    bool IsPlain = S.Arms.empty();
    for (const Assignment &A : S.Assigns)
      IsPlain &= llvm::any_of(Names, [&](const std::string &Name) {
        StringRef Target = A.Target;
        return Target.consume_front(Name) && Target.starts_with(".");
      });
    for (const Call &C : S.Calls) {
      bool Fills = C.Name == "fill" || C.Name == "fillContent:fromUserInfo:";
      IsPlain &= Fills || isFine(C, N.H.language());
    }
    if (!IsPlain && !N.IsLocal)
      return Line + "does more with the notification than showing it";
    std::string Why;
    std::string Kept = completionIn(S, N.H, Why);
    if (!Why.empty())
      return Why;
    if (!Kept.empty()) {
      Replaced = &S;
      By = Kept;
      continue;
    }
    Goes.push_back(I);
  }
  return "";
}

/// Settles what becomes of a helper that shows the notification. Returns why
/// it cannot be touched, or "".
std::string CleanUp::helper(const Shown &S, const std::vector<unsigned> &Goes,
                            bool &IsWhole) {
  const PostedNotification &N = S.N;
  std::vector<Level> Levels = levelsAt(JH.function(), S.HandlerAt.Where.Begin);
  if (Levels.empty())
    return "the call of '" + N.H.Fn->Name + "' cannot be found";
  IsWhole = N.Levels.size() == 1 && N.H.Completion.empty();
  for (unsigned I = 0; I != N.list().size(); ++I)
    IsWhole &= llvm::is_contained(Goes, I) ||
               Swept.hasNoEffect(N.list()[I], N.H.language());
  const Step &Calling = Levels.back().step();
  StringRef Name = StringRef(N.H.Fn->Name).split(':').first;
  if (IsWhole) {
    // The helper stays for others; the handler's call goes.
    if (Calling.K != Step::Kind::Do || !Calling.Arms.empty() ||
        !Calling.Closures.empty())
      return "line " +
             std::to_string(JH.In->Source->line(Calling.Where.Begin)) +
             " does more than calling '" + Name.str() + "'";
    if (!Swept.remove(*JH.In, Levels, {Levels.back().Index}))
      return "the call of '" + Name.str() + "' stands in a macro";
    return "";
  }
  bool Others = Swept.isNamed(Name, *N.H.In, N.H.Fn->Where);
  unsigned Calls = 0;
  for (const Function &F : JH.In->Functions)
    for (const Step &Each : F.Steps)
      forEachCall(Each,
                  [&](const Call &C) { Calls += C.Name == N.H.Fn->Name; });
  if (Others && Calls != 1)
    return "'" + Name.str() + "', which shows it, is called from elsewhere too";
  return "";
}

std::string CleanUp::take(const Shown &S) {
  if (S.N.waits())
    return "it is shown once line " +
           std::to_string(S.N.H.In->Source->line(
               S.N.Callbacks.front().Owner->Where.Begin)) +
           " has called back; take both out by hand";
  std::vector<unsigned> Goes;
  const Step *Replaced = nullptr;
  std::string By;
  if (std::string Why = choose(S.N, Goes, Replaced, By); !Why.empty())
    return Why;
  if (S.N.H.Fn != &JH.function()) {
    bool IsWhole = false;
    std::string Why = helper(S, Goes, IsWhole);
    if (!Why.empty() || IsWhole)
      return Why;
  }
  if (Replaced)
    Swept.replace(*S.N.H.In, *Replaced, By);
  if (!Goes.empty() && !Swept.remove(*S.N.H.In, S.N.Levels, Goes))
    return "a statement of it stands in a macro";
  return "";
}

/// Members that the step `move` has copied for the extension, and that nothing
/// in the handler's file names any more.
void CleanUp::takeCopied() {
  const File &F = *JH.In;
  for (const std::string &Name : Fillers)
    for (const FunctionSource::TypeRef &Filler : In.Functions.types(Name)) {
      for (const Property &Copy : Filler.T->Properties)
        for (const Type &T : F.Types)
          for (const Property &P : T.Properties)
            if (P.Name == Copy.Name && P.Initializer == Copy.Initializer &&
                !P.Initializer.empty() &&
                (P.Access == "private" || P.Access == "fileprivate") &&
                !Swept.isGone(F, P.Where) &&
                !Swept.isNamed(P.Name, F, P.Where, /*InHome=*/true))
              Swept.removeDeclaration(F, P.Where);
      for (const Function &Copy : Filler.In->Functions)
        for (const Function &Fn : F.Functions)
          if (Copy.Owner == Name && Fn.Name == Copy.Name &&
              (Fn.Access == "private" || Fn.Access == "fileprivate") &&
              !Swept.isGone(F, Fn.Body) &&
              !Swept.isNamed(Fn.Name, F, Fn.Where, /*InHome=*/true))
            Swept.removeDeclaration(F, Fn.Where);
    }
}

/// The fillers' comments name the handler that used them.
void CleanUp::sayWhatFills(FixSet &Set) {
  static constexpr StringRef Old[] = {
      " Used by the notification service and, until the\n"
      "/// server sends alert pushes only, by the VoIP handler.",
      ": the same as the VoIP handler's local\n"
      "/// notification, which goes once the server sends alert pushes only."};
  std::vector<std::string> Sources;
  for (const std::string &Name : Fillers)
    for (const FunctionSource::TypeRef &T : In.Functions.types(Name)) {
      std::string Path = T.In->Source->path().str();
      std::optional<std::string> Bytes = In.Project.read(Path);
      if (!StringRef(Path).ends_with(".h") &&
          !llvm::is_contained(Sources, Path))
        Sources.push_back(Path);
      for (StringRef Comment : Old) {
        auto [Head, Tail] = Comment.split('\n');
        std::string Text = (Head + T.In->Source->lineEnding() + Tail).str();
        std::size_t At = Bytes ? Bytes->find(Text) : std::string::npos;
        if (At == std::string::npos || Set.Files.count(Path))
          continue;
        Set.Edits.push_back({Path, static_cast<std::uint32_t>(At),
                             static_cast<std::uint32_t>(Text.size()),
                             Comment.starts_with(":") ? "." : ""});
        Set.Files[Path] = contentHash(*Bytes);
      }
    }
  if (!Sources.empty())
    Set.LeftToDo.push_back(
        "Only the extension needs " + listed(Sources) + " now: take " +
        (Sources.size() == 1 ? "it" : "them") + " out of the app's target.");
}

std::optional<FixSet> CleanUp::run() {
  Services = servicesOf(In, JH);
  gather();
  if (All.empty())
    return std::nullopt;
  auto Refuse = [&](const std::string &Why) {
    R.refuse("Messages stay in " + JH.function().Symbol + ": " + Why);
    return std::nullopt;
  };
  if (!JH.V.Exits.empty())
    return Refuse("it does not report a call on every path yet, which is the "
                  "step report");
  if (std::string Why = whyNotFilled(); !Why.empty())
    return Refuse(Why);
  for (const Shown &S : All)
    if (std::string Why = take(S); !Why.empty())
      return Refuse(Why);
  takeCopied();
  Swept.takeDeadCode();

  FixSet Set;
  Set.Findings = R.Findings;
  Set.Title = "Show no messages in " + JH.function().Symbol;
  Set.Why = "The server sends messages as alert pushes, which the extension '" +
            Extension +
            "' completes. A VoIP push for one still reports a call, so that "
            "iOS does not end the app, and shows nothing.";
  Edits.addTo(Set);
  Set.LeftToDo.push_back(
      "Ship this once the server sends no message as a VoIP push any more, to "
      "no version of the app that is in use.");
  sayWhatFills(Set);
  return Set;
}

std::optional<FixSet> ringfence::cleanUpMessages(const FixRequest &R) {
  if (R.HandlerIndex < 0 || R.handler().IsDead)
    return std::nullopt;
  return CleanUp(R).run();
}
