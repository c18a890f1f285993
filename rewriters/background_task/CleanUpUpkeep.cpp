//===-- CleanUpUpkeep.cpp - the handler asks for no task any more ---------===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "rewriters/background_task/CleanUpUpkeep.h"
#include "rewriters/capture/Words.h"
#include "rewriters/sweep/Sweep.h"
#include "rewriters/xcode/PropertyList.h"
#include "llvm/ADT/STLExtras.h"

using namespace ringfence;
using llvm::StringRef;

namespace {

/// The members that the step `move` has written, as TaskText names them.
constexpr StringRef Asks = "scheduleBackgroundRefresh";
constexpr StringRef Registers = "registerBackgroundRefresh";
constexpr StringRef Works = "refreshInBackground";
constexpr StringRef WorksOff = "refreshForKeptPushes";
constexpr StringRef Joins = "joinBackgroundRefresh";

bool isCallOf(const Call &C, StringRef Name) {
  return StringRef(C.Name).split(':').first == Name;
}

class CleanUp {
public:
  explicit CleanUp(const FixRequest &R)
      : R(R), In(R.In), JH(R.handler()), Swept(In, Edits) {}

  std::optional<FixSet> run();

private:
  using Path = std::vector<Level>;
  static std::vector<Path> callsOf(const Function &F, StringRef Name);
  bool startsElsewhere() const;
  std::string takeRegistration();
  void takeDeclaration(const File &Header);
  void forbid(FixSet &Set);

  const FixRequest &R;
  const ProposeInput &In;
  const JudgedHandler &JH;
  Builders Edits;
  Sweep Swept;
};

} // namespace

/// The ways to the statements of \p F that call \p Name.
std::vector<CleanUp::Path> CleanUp::callsOf(const Function &F, StringRef Name) {
  std::vector<std::uint32_t> Places;
  for (const Step &S : F.Steps)
    forEachCall(S, [&](const Call &C) {
      if (isCallOf(C, Name) && !llvm::is_contained(Places, C.NameRange.Begin))
        Places.push_back(C.NameRange.Begin);
    });
  std::vector<Path> Paths;
  for (std::uint32_t At : Places)
    if (Path P = levelsAt(F, At); !P.empty())
      Paths.push_back(std::move(P));
  return Paths;
}

/// Whether the upkeep is started by something other than the task: the silent
/// push, as a rule.
bool CleanUp::startsElsewhere() const {
  for (const std::string &Path : In.Project.filesWith(Works))
    if (const File *F = In.Project.file(Path))
      for (const Function &Fn : F->Functions)
        if (StringRef Name = StringRef(Fn.Name).split(':').first;
            Name != Registers && Name != Works && Name != WorksOff &&
            Name != Joins && !callsOf(Fn, Works).empty())
          return true;
  return false;
}

/// Takes the declaration of the registration out of a header.
void CleanUp::takeDeclaration(const File &Header) {
  const SourceFile &S = *Header.Source;
  Range All{0, static_cast<std::uint32_t>(S.bytes().size())};
  for (const Word &W : words(S.bytes(), All, S.language())) {
    if (W.Text != Registers)
      continue;
    std::uint32_t Begin = S.lineBegin(S.line(W.Where.Begin));
    std::size_t End = S.bytes().find(';', W.Where.End);
    if (End != StringRef::npos)
      Swept.removeDeclaration(Header,
                              {Begin, static_cast<std::uint32_t>(End) + 1});
  }
}

/// Nobody asks for the task any more: launching need not register it. Returns
/// why that cannot be taken away, or "".
std::string CleanUp::takeRegistration() {
  for (const std::string &Path : In.Project.filesWith(Registers)) {
    const File *F = In.Project.file(Path);
    if (!F)
      continue;
    if (StringRef(Path).ends_with(".h")) {
      takeDeclaration(*F);
      continue;
    }
    for (const Function &Fn : F->Functions)
      for (const CleanUp::Path &P : callsOf(Fn, Registers)) {
        if (P.back().step().K != Step::Kind::Do ||
            !Swept.remove(*F, P, {P.back().Index}))
          return "line " +
                 std::to_string(F->Source->line(P.back().step().Where.Begin)) +
                 " of " + Path + " does more than registering the task";
      }
  }
  return "";
}

/// Takes the identifier out of the Info.plist files that permit it, and the
/// mode where no other task is left.
void CleanUp::forbid(FixSet &Set) {
  for (const std::string &Path : In.Project.infoPlists()) {
    std::optional<std::string> Bytes = In.Project.read(Path);
    if (!Bytes)
      continue;
    llvm::Expected<xcode::PropertyList> P =
        xcode::PropertyList::read(Path, *Bytes);
    if (!P) {
      llvm::consumeError(P.takeError()); // the check has said so
      continue;
    }
    StringRef Key = "BGTaskSchedulerPermittedIdentifiers";
    std::string Prefix = In.Options.TaskIdentifierPrefix.empty()
                             ? "$(PRODUCT_BUNDLE_IDENTIFIER)"
                             : In.Options.TaskIdentifierPrefix;
    std::vector<std::string> Permitted =
        P->strings(Key).value_or(std::vector<std::string>());
    // The step `move` has taken one that was free.
    for (StringRef Id : Permitted) {
      StringRef Suffix = Id;
      if (!Suffix.consume_front(Prefix) ||
          !JH.In->Source->bytes().contains((Suffix + "\"").str()) ||
          !(Suffix == ".refresh" || Suffix.starts_with(".pushed-refresh")))
        continue;
      std::vector<Edit> Removed = P->remove(Key, Id);
      if (Removed.empty())
        continue;
      Set.Files[Path] = contentHash(*Bytes);
      llvm::append_range(Set.Edits, Removed);
      // The older background fetch needs the mode as well.
      if (Permitted.size() == 1 &&
          In.Project.filesWith("performFetchWithCompletionHandler").empty())
        for (StringRef Mode : {"fetch", "processing"})
          llvm::append_range(Set.Edits, P->remove("UIBackgroundModes", Mode));
    }
  }
}

std::optional<FixSet> CleanUp::run() {
  const Function &Handler = JH.function();
  std::vector<Path> Requests = callsOf(Handler, Asks);
  if (Requests.empty() || Handler.Owner.empty() ||
      (In.Functions.members(Handler.Owner, Works).empty() &&
       In.Functions.members(Handler.Owner, (Works + ":").str()).empty() &&
       In.Functions.members(Handler.Owner, (Works + ":finished:").str())
           .empty()))
    return std::nullopt;
  auto Refuse = [&](const std::string &Why) {
    R.refuse("The background task stays with " + Handler.Symbol + ": " + Why);
    return std::nullopt;
  };
  if (!JH.V.Exits.empty())
    return Refuse("it does not report a call on every path yet, which is the "
                  "step report");
  if (!startsElsewhere())
    return Refuse("nothing else starts " + Works.str() +
                  "; call it where the app delegate receives the silent push");
  for (const Path &P : Requests) {
    for (const Level &L : P)
      if (L.InArm && L.InArm->When.K == Condition::Kind::OSVersion &&
          L.Owner->Arms.size() > 1)
        return Refuse("the handler does other work in other versions of iOS; "
                      "clean up when the deployment target leaves one way");
    if (P.back().step().K != Step::Kind::Do ||
        !Swept.remove(*JH.In, P, {P.back().Index}))
      return Refuse("the request cannot be taken out of its statement");
  }
  // A task of the project's own that the work has joined stays as it is.
  bool IsJoined = In.Project.filesWith(Registers).empty();
  bool IsLast = true;
  for (const Function &F : JH.In->Functions)
    if (StringRef(F.Name).split(':').first == Asks)
      IsLast = !Swept.isNamed(Asks, *JH.In, F.Where);
  if (IsLast && !IsJoined)
    if (std::string Why = takeRegistration(); !Why.empty())
      return Refuse(Why);
  Swept.takeDeadCode();

  FixSet Set;
  Set.Findings = R.Findings;
  Set.Title = "Ask for no background task in " + Handler.Symbol;
  Set.Why = "The server's silent push starts " + Works.str() +
            " now. A VoIP push for it still reports a call, so that iOS does "
            "not end the app, and asks for nothing.";
  if (IsLast && !IsJoined)
    Set.Why += " Nothing else asked for the task, which goes.";
  Edits.addTo(Set);
  if (IsLast && !IsJoined)
    forbid(Set);
  if (IsJoined)
    Set.LeftToDo.push_back(
        "The work still runs beside the other work of the task that it has "
        "joined; take " +
        Joins.str() + " out of its launch handler where that is not wanted.");
  if (IsLast && !IsJoined && !In.Project.filesWith(WorksOff).empty())
    Set.LeftToDo.push_back(
        "Pushes that wait in the queue when the app is updated are not worked "
        "off any more: ship this once the queues have run empty.");
  Set.LeftToDo.push_back(
      "Ship this once the server sends silent pushes instead, to every version "
      "of the app that is in use.");
  if (IsLast && !IsJoined)
    Set.LeftToDo.push_back(
        "The system holds silent pushes back and drops some. Where the upkeep "
        "must not depend on them alone, keep the task and ask for it when the "
        "app goes to the background.");
  return Set;
}

std::optional<FixSet> ringfence::cleanUpUpkeep(const FixRequest &R) {
  if (R.HandlerIndex < 0 || R.handler().IsDead)
    return std::nullopt;
  return CleanUp(R).run();
}
