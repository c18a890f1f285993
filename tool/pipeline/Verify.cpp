//===-- Verify.cpp - fix sets are read again before they are offered -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "rewriters/edit/TextEdits.h"
#include "tool/pipeline/Round.h"
#include "llvm/ADT/STLExtras.h"
#include <map>
#include <tuple>

using namespace ringfence;
using llvm::StringRef;

std::string ringfence::withoutPlaceholders(StringRef Bytes) {
  std::string Result = Bytes.str();
  for (std::size_t At = 0; (At = Result.find("<#", At)) != std::string::npos;) {
    std::size_t End = Result.find("#>", At + 2);
    // A placeholder stands on one line; anything else is no placeholder.
    if (End == std::string::npos ||
        StringRef(Result).slice(At, End).contains('\n')) {
      At += 2;
      continue;
    }
    std::fill(Result.begin() + static_cast<std::ptrdiff_t>(At),
              Result.begin() + static_cast<std::ptrdiff_t>(End + 2), 'x');
    At = End + 2;
  }
  return Result;
}

llvm::Expected<Overlay> ringfence::overlayOf(Project &P,
                                             llvm::ArrayRef<Edit> Edits,
                                             llvm::ArrayRef<NewFile> NewFiles) {
  Overlay Result;
  for (const Edit &E : Edits) {
    if (Result.count(E.File))
      continue;
    std::optional<std::string> Bytes = P.read(E.File);
    if (!Bytes)
      return llvm::createStringError(
          std::errc::io_error, "%s: cannot be read again", E.File.c_str());
    auto Edited = applyEdits(E.File, *Bytes, Edits);
    if (!Edited)
      return Edited.takeError();
    Result[E.File] = std::move(*Edited);
  }
  for (const NewFile &N : NewFiles) {
    if (P.read(N.Path))
      return llvm::createStringError(std::errc::file_exists,
                                     "%s: exists already", N.Path.c_str());
    Result[N.Path] = N.Text;
  }
  return Result;
}

namespace {

/// What a finding is about, whatever line it stands on: a fix may give a
/// handler another signature, so that the type stands for its handlers.
struct Subject {
  std::string Check, Path, Owner, Symbol;
  friend bool operator<(const Subject &A, const Subject &B) {
    return std::tie(A.Check, A.Path, A.Owner) <
           std::tie(B.Check, B.Path, B.Owner);
  }
  std::string where() const { return Symbol.empty() ? Path : Symbol; }
};

Subject subjectOf(const Finding &F, const Round &R) {
  Subject S{F.Check, "", "", ""};
  const File *In = F.At.In;
  if (F.HandlerIndex >= 0) {
    const JudgedHandler &H = R.Handlers[static_cast<unsigned>(F.HandlerIndex)];
    In = H.In;
    S.Owner = H.function().Owner;
    S.Symbol = H.function().Symbol;
  }
  if (In)
    S.Path = In->Source->path().str();
  return S;
}

std::map<Subject, int> count(const Round &R, bool ErrorsOnly) {
  std::map<Subject, int> Result;
  for (const Finding &F : R.Findings)
    // A completion handler that a fix brings has to be called, too.
    if (!ErrorsOnly || F.S == Severity::Error ||
        F.Check == "ringfence-completion-not-called")
      ++Result[subjectOf(F, R)];
  return Result;
}

/// Places in \p F that the reader could not make sense of.
std::size_t syntaxErrors(const File *F) {
  if (!F)
    return 0;
  return F->Problems.size() +
         static_cast<std::size_t>(llvm::count_if(
             F->Functions, [](const Function &Fn) { return Fn.HasErrors; }));
}

class Verifier {
public:
  Verifier(Project &Before, const Round &BeforeRound)
      : Before(Before), BeforeRound(BeforeRound) {}

  /// Why \p S may not be offered; "" if it may.
  std::string objection(const FixSet &S) {
    auto Changed = overlayOf(Before, S.Edits, S.NewFiles);
    if (!Changed)
      return llvm::toString(Changed.takeError());
    for (auto &[Path, Bytes] : *Changed)
      Bytes = withoutPlaceholders(Bytes);
    std::vector<std::string> Paths;
    for (const auto &Entry : *Changed)
      Paths.push_back(Entry.first);

    Project After(Before, std::move(*Changed));
    Round AfterRound = look(After);
    for (const std::string &Path : Paths)
      if (std::string Why = newSyntaxError(Path, After); !Why.empty())
        return Why;
    if (std::string Why = newErrors(S, AfterRound); !Why.empty())
      return Why;
    if (std::string Why = notClosed(S, AfterRound); !Why.empty())
      return Why;
    return proposedAgain(S, After, AfterRound);
  }

private:
  std::string newSyntaxError(const std::string &Path, Project &After) {
    if (kindOfSource(Path) &&
        syntaxErrors(After.file(Path)) > syntaxErrors(beforeFile(Path)))
      return "read again, the changed code has a syntax error in " + Path;
    return "";
  }

  std::string newErrors(const FixSet &S, const Round &After) {
    std::map<Subject, int> Was = count(BeforeRound, /*ErrorsOnly=*/true);
    // Calls of the completion handler part paths that left at one place: the
    // same paths then have a finding each.
    bool Parts = S.Fix == "modern-handler" || S.Fix == "call-completion";
    // Ways that led to no report lay behind the late one. They do no more harm
    // than it did, and have a fix of their own.
    bool Uncovers = S.Fix == "report-now-update-later";
    for (const auto &[What, N] : count(After, /*ErrorsOnly=*/true))
      if (N > Was[What] && (!Parts || Was[What] == 0) &&
          (!Uncovers || What.Check != "ringfence-unreported-path"))
        return "read again, the changed code has a new finding, " + What.Check +
               " in " + What.where();
    return "";
  }

  /// The report step closes what it speaks of, and so does leaving PushKit; the
  /// other steps leave findings in the state between two steps, but never more
  /// of them.
  std::string notClosed(const FixSet &S, const Round &After) {
    std::map<Subject, int> Was = count(BeforeRound, false);
    std::map<Subject, int> Is = count(After, false);
    std::map<Subject, int> Closes;
    for (unsigned I : S.Findings)
      ++Closes[subjectOf(BeforeRound.Findings[I], BeforeRound)];
    for (const auto &[What, N] : Closes) {
      bool Ends =
          S.Step == MigrationStep::Report ||
          (S.Step == MigrationStep::CleanUp && S.Fix == "leave-pushkit");
      int Allowed = Was[What] - (Ends ? N : 0);
      if (Is[What] > Allowed)
        return "read again, the changed code still has " + What.Check;
    }
    return "";
  }

  /// Applying twice has to be applying once.
  std::string proposedAgain(const FixSet &S, Project &After, Round &R) {
    ProposeInput In{R.Handlers,   R.Findings, After.functions(),
                    After.apis(), After,      After.options().Config.Fixes};
    for (const FixSet &Again : propose(In, S.Step))
      // Without findings, the title names the handler.
      if (Again.Fix == S.Fix &&
          (!S.Findings.empty() || Again.Title == S.Title) &&
          handlersOf(Again, R) == handlersOf(S, BeforeRound))
        return "read again, the changed code asks for the same fix once more";
    return "";
  }

  static std::vector<std::pair<std::string, std::string>>
  handlersOf(const FixSet &S, const Round &R) {
    std::vector<std::pair<std::string, std::string>> Result;
    for (unsigned I : S.Findings) {
      Subject About = subjectOf(R.Findings[I], R);
      Result.emplace_back(std::move(About.Path), std::move(About.Owner));
    }
    llvm::sort(Result);
    Result.erase(llvm::unique(Result), Result.end());
    return Result;
  }

  static bool kindOfSource(StringRef Path) {
    return Path.ends_with(".swift") || Path.ends_with(".m") ||
           Path.ends_with(".mm");
  }
  const File *beforeFile(const std::string &Path) {
    return Before.read(Path) ? Before.file(Path) : nullptr;
  }

  Project &Before;
  const Round &BeforeRound;
};

} // namespace

std::string ringfence::objectionTo(const FixSet &S, Project &P,
                                   const Round &R) {
  return Verifier(P, R).objection(S);
}

std::vector<FixSet> ringfence::verifiedFixSets(Project &P, Round &R,
                                               MigrationStep Step,
                                               std::vector<Problem> &Dropped) {
  ProposeInput In{R.Handlers, R.Findings, P.functions(),
                  P.apis(),   P,          P.options().Config.Fixes};
  std::vector<FixSet> Result;
  std::vector<FixSet> Proposed = propose(In, Step);
  for (std::size_t I = 0; I != Proposed.size(); ++I) {
    FixSet &S = Proposed[I];
    P.tell({"reading fixed code again", I, Proposed.size()});
    std::string Why = Verifier(P, R).objection(S);
    if (Why.empty()) {
      Result.push_back(std::move(S));
      continue;
    }
    std::string Path = S.Files.empty() ? "" : S.Files.begin()->first;
    Dropped.push_back({Path, 0,
                       "fix \"" + S.Title + "\" is not offered: " + Why,
                       /*Fatal=*/false});
    for (unsigned I : S.Findings)
      if (R.Findings[I].Advice.empty())
        R.Findings[I].Advice = "no fix is offered: " + Why;
  }
  return Result;
}
