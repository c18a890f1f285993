//===-- Project.cpp - one tree, read and judged -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tool/pipeline/Project.h"
#include "matchers/flow/Judge.h"
#include "rewriters/xcode/ExtensionFiles.h"
#include "rewriters/xcode/PropertyList.h"
#include "tool/discover/Walk.h"
#include "tool/pipeline/NameScan.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/Support/GlobPattern.h"
#include "llvm/Support/Path.h"
#include <algorithm>

using namespace ringfence;
using llvm::StringRef;
using Strings = std::vector<std::string>;

static std::vector<std::string> pathsOf(const Discovery &D) {
  std::vector<std::string> Paths;
  for (const SourceEntry &E : D.Sources)
    Paths.push_back(E.Path);
  return Paths;
}

Project::Project(const AnalysisOptions &TheOptions, Discovery TheFound,
                 std::shared_ptr<const Catalogue> TheApis)
    : Options(TheOptions), Found(std::move(TheFound)), Apis(std::move(TheApis)),
      Store(Options.Root, {Options.BuildDirectory, Options.Root},
            Options.Threads),
      Names(Options.Root, pathsOf(Found), Options.Threads),
      Functions(Store, Names) {}

/// \p Base with the tokens of the changed sources, and new ones added.
static Discovery changed(const Discovery &Base, const Overlay &Changed) {
  Discovery Result = Base;
  for (const auto &[Path, Bytes] : Changed) {
    SourceEntry New{Path, scanTokens(Bytes), true};
    auto At = llvm::lower_bound(Result.Sources, New,
                                [](const SourceEntry &A, const SourceEntry &B) {
                                  return A.Path < B.Path;
                                });
    bool IsSource = kindOf(llvm::sys::path::filename(Path)) == FileKind::Source;
    if (At != Result.Sources.end() && At->Path == Path)
      At->Tokens = New.Tokens;
    else if (IsSource)
      Result.Sources.insert(At, std::move(New));
  }
  return Result;
}

Project::Project(Project &Base, Overlay Changed)
    : Options(Base.Options), Found(changed(Base.Found, Changed)),
      Apis(Base.Apis), Store(Base.Store, std::move(Changed)),
      Names(Base.Names, Store.overlay()), Functions(Store, Names) {
  // A look at what a fix leads to is one thing for whoever waits.
  Options.OnProgress = nullptr;
}

Project::~Project() = default;

void Project::readCandidates() {
  auto PathsWith = [&](auto Accept) {
    std::vector<std::string> Paths;
    for (const SourceEntry &E : Found.Sources)
      // A header has no bodies: its mentions are declarations.
      if (Accept(E) && !StringRef(E.Path).ends_with_insensitive(".h"))
        Paths.push_back(E.Path);
    return Paths;
  };
  std::vector<std::string> Paths = PathsWith([](const SourceEntry &E) {
    return E.InScope && (E.Tokens.has(Token::DidReceiveIncoming) ||
                         E.Tokens.has(Token::PKPushRegistry) ||
                         E.Tokens.has(Token::ManagedPush));
  });
  tell({"reading files", 0, Paths.size()});
  Store.read(Paths);
  bool UsesPushKit = llvm::any_of(Paths, [&](const std::string &P) {
    const File *F = Store.file(P);
    return F && (!F->Handlers.empty() || !F->Registrations.empty());
  });
  // Background tasks are looked at beside the project's settings.
  if (UsesPushKit) {
    std::vector<std::string> Scheduling = PathsWith([](const SourceEntry &E) {
      return E.InScope && E.Tokens.has(Token::BGTaskScheduler);
    });
    Store.read(Scheduling);
    llvm::append_range(Paths, Scheduling);
  }
  // Whether the project reports at all is asked only of one that takes pushes;
  // there, vendored code counts too.
  if (UsesPushKit) {
    std::vector<std::string> Reporting = PathsWith([](const SourceEntry &E) {
      return E.Tokens.has(Token::ReportNewIncoming);
    });
    Store.read(Reporting);
    llvm::append_range(Paths, Reporting);
  }
  llvm::sort(Paths);
  Paths.erase(llvm::unique(Paths), Paths.end());
  for (const std::string &P : Paths)
    if (const File *F = Store.file(P))
      Candidates.push_back(F);
}

bool Project::isFindable(StringRef Path) const {
  auto At = llvm::lower_bound(
      Found.Sources, Path,
      [](const SourceEntry &E, StringRef P) { return E.Path < P; });
  return At != Found.Sources.end() && At->Path == Path && At->InScope;
}

/// Whether the registries of the project deliver on the main queue, as far as
/// their queue arguments tell.
static bool queueIsMain(const std::vector<const File *> &Files) {
  for (const File *F : Files)
    for (const Registration &R : F->Registrations) {
      StringRef Q = R.Queue;
      if (!Q.empty() && Q != "nil" && Q != "NULL" && Q != ".main" &&
          Q != "DispatchQueue.main" && !Q.contains("dispatch_get_main_queue"))
        return false;
    }
  return true;
}

/// Whether a type of one name in both files may be one type: the files lie
/// together, or one's folder lies in the other's. Apps side by side in a tree
/// each have an AppDelegate.
static bool mayBeOneType(const File &A, const File &B) {
  StringRef First = llvm::sys::path::parent_path(A.Source->path());
  StringRef Second = llvm::sys::path::parent_path(B.Source->path());
  auto Holds = [](StringRef Outer, StringRef Inner) {
    return Outer.empty() || Inner == Outer ||
           (Inner.consume_front(Outer) && Inner.starts_with("/"));
  };
  return Holds(First, Second) || Holds(Second, First);
}

/// iOS calls only the form with completion of a type that has both.
static void markDead(std::vector<JudgedHandler> &Handlers) {
  auto HasCompletion = [](const JudgedHandler &J) {
    return J.H->S != Signature::NoCompletion;
  };
  for (JudgedHandler &Old : Handlers)
    Old.IsDead = !HasCompletion(Old) && llvm::any_of(Handlers, [&](auto &New) {
      return HasCompletion(New) && !New.function().Owner.empty() &&
             New.function().Owner == Old.function().Owner &&
             mayBeOneType(*New.In, *Old.In);
    });
}

/// Something in the project is about calls of CallKit, rather than about
/// whether there is one (CXCallObserver) or who calls (CXCallDirectory…).
bool Project::usesCallKit() {
  static constexpr llvm::StringLiteral Names[] = {
      "CXProvider",       "CXHandle",           "CXCallUpdate",
      "CXCallController", "CXAnswerCallAction", "CXEndCallAction"};
  return llvm::any_of(Names,
                      [&](StringRef Name) { return !filesWith(Name).empty(); });
}

std::vector<JudgedHandler> Project::judgeAll() {
  JudgeOptions How;
  How.QueueIsMain = queueIsMain(Candidates);
  How.Reporters = Options.Config.Reporters;
  How.ProjectReports = !How.Reporters.empty() ||
                       llvm::any_of(Found.Sources, [](const SourceEntry &E) {
                         return E.Tokens.has(Token::ReportNewIncoming);
                       });
  std::vector<JudgedHandler> Result;
  std::vector<std::pair<const File *, const Handler *>> All;
  for (const File *F : Candidates)
    if (isFindable(F->Source->path()))
      for (const Handler &H : F->Handlers)
        All.emplace_back(F, &H);
  How.SDKReports = !All.empty() && !How.ProjectReports && usesCallKit();
  for (auto [F, H] : All) {
    tell({"judging handlers", Result.size(), All.size()});
    Result.push_back({F, H, judge(*F, *H, Functions, *Apis, How), false});
  }
  llvm::stable_sort(Result, [](const JudgedHandler &A, const JudgedHandler &B) {
    return std::pair(A.In->Source->path(), A.function().Where.Begin) <
           std::pair(B.In->Source->path(), B.function().Where.Begin);
  });
  markDead(Result);
  return Result;
}

/// Files that speak of notification services. Nobody asks for them where there
/// is no handler.
std::vector<const File *>
Project::services(const std::vector<JudgedHandler> &Handlers) {
  std::vector<const File *> Result;
  if (!Handlers.empty())
    for (const std::string &Path : filesWith("UNNotificationServiceExtension"))
      if (const File *F = file(Path))
        Result.push_back(F);
  return Result;
}

/// The Info.plist files among \p All of the apps that take pushes, as far as
/// targets tell; \p All where they do not tell for each of \p Files. A sample
/// in the same tree has no say in what the app may do.
static Strings plistsOfPushApps(Strings All, const xcode::TargetList &Targets,
                                const std::vector<const File *> &Files) {
  Strings Mine;
  for (const File *F : Files) {
    if (F->Handlers.empty() && F->Registrations.empty())
      continue;
    std::size_t Before = Mine.size();
    for (const xcode::Target *App : Targets.appsOf(F->Source->path()))
      llvm::append_range(Mine, App->InfoPlists);
    if (Mine.size() == Before)
      return All;
  }
  Strings Known = All;
  llvm::erase_if(Known, [&](const std::string &P) {
    return !llvm::is_contained(Mine, P);
  });
  return Known.empty() ? All : Known;
}

/// What the property lists say. Nobody asks where no push is registered for.
ProjectSettings Project::settings() {
  ProjectSettings Result;
  UnreadSettings.clear();
  if (!isEnabled(Options.Config.Checks, "ringfence-project-settings") ||
      llvm::none_of(Candidates, [](const File *F) {
        return !F->Handlers.empty() || !F->Registrations.empty();
      }))
    return Result;
  auto Each = [&](const std::vector<std::string> &Paths, auto Take) {
    for (const std::string &Path : Paths) {
      std::optional<std::string> Bytes = Store.bytes(Path);
      if (!Bytes)
        continue;
      auto List = xcode::PropertyList::read(Path, *Bytes);
      if (List) {
        Take(Path, *List);
        continue;
      }
      Result.Incomplete = true;
      std::string Why = llvm::toString(List.takeError());
      StringRef Short = Why;
      Short.consume_front(Path);
      Short.consume_front(": ");
      UnreadSettings.push_back({Path, 0, Short.str()});
    }
  };
  using xcode::PropertyList;
  Strings Plists = plistsOfPushApps(infoPlists(), targets(), Candidates);
  Each(Plists, [&](const std::string &Path, const PropertyList &L) {
    Result.InfoPlists.push_back(
        {Path, L.strings("UIBackgroundModes").value_or(Strings()),
         L.strings("BGTaskSchedulerPermittedIdentifiers").value_or(Strings())});
  });
  Each(entitlements(), [&](const std::string &Path, const PropertyList &L) {
    Result.AllEntitlements.push_back({Path, L.trueKeys()});
  });
  return Result;
}

std::vector<Finding>
Project::check(const std::vector<JudgedHandler> &Handlers) {
  auto MayShareAnApp = [&](StringRef Path, StringRef Other) {
    return xcode::mayShareAnApp(infoPlists(), targets(), Path, Other);
  };
  std::vector<Finding> Result = runChecks(
      {Handlers, Candidates, services(Handlers), Functions, *Apis, settings(),
       MayShareAnApp},
      [&](StringRef Id) { return isEnabled(Options.Config.Checks, Id); });
  llvm::erase_if(Result, [&](const Finding &F) {
    return F.HandlerIndex < 0 && F.At.In &&
           !isFindable(F.At.In->Source->path());
  });
  llvm::stable_sort(Result, [](const Finding &A, const Finding &B) {
    auto Key = [](const Finding &F) {
      return std::tuple(F.At.In ? F.At.In->Source->path() : StringRef(),
                        F.At.Where.Begin, StringRef(F.Check));
    };
    return Key(A) < Key(B);
  });
  return Result;
}

/// Line on which a handler seems to be declared that the reader, stopped by
/// errors in the text, did not find; 0 if there is none.
static unsigned unreadHandler(const File &F) {
  if (!F.Handlers.empty() || F.Problems.empty())
    return 0;
  StringRef Bytes = F.Source->bytes();
  unsigned Line = 0;
  auto Look = [&](const ScannedName &N) {
    if (N.K != ScannedName::Kind::Function || N.Name != "pushRegistry" || Line)
      return;
    auto At = static_cast<std::size_t>(N.Name.data() - Bytes.data());
    StringRef Head = Bytes.substr(At, 600).take_until(
        [](char C) { return C == '{' || C == ';'; });
    if (Head.contains("didReceiveIncoming"))
      Line = F.Source->line(static_cast<std::uint32_t>(At));
  };
  if (F.Source->language() == Language::Swift)
    scanSwiftNames(Bytes, Look);
  else
    scanObjCNames(Bytes, Look);
  return Line;
}

std::vector<Problem> Project::problems() const {
  std::vector<Problem> Result = Found.Problems;
  llvm::append_range(Result, Store.Problems);
  llvm::append_range(Result, Functions.Problems);
  llvm::append_range(Result, UnreadSettings);
  for (const File *F : Candidates)
    if (isFindable(F->Source->path())) {
      llvm::append_range(Result, F->Problems);
      if (unsigned Line = unreadHandler(*F))
        Result.push_back({F->Source->path().str(), Line,
                          "a handler seems to stand here, but syntax errors "
                          "keep it from being read",
                          /*Fatal=*/true});
    }
  return Result;
}

/// Whether the property list \p Text is that of something other than an app.
static bool isNoApp(StringRef Text) {
  for (StringRef Sign : {"<key>NSExtension</key>", "<string>XPC!</string>",
                         "<string>BNDL</string>", "<string>FMWK</string>"})
    if (Text.contains(Sign))
      return true;
  return false;
}

std::vector<std::string> Project::infoPlists() {
  if (AppPlists)
    return *AppPlists;
  AppPlists.emplace();
  std::vector<std::string> WithoutVoIP;
  for (const std::string &Path : Found.InfoPlists) {
    std::optional<std::string> Bytes = Store.bytes(Path);
    if (Bytes && isNoApp(*Bytes))
      continue;
    bool IsVoIP = Bytes && StringRef(*Bytes).contains("<string>voip</string>");
    (IsVoIP ? *AppPlists : WithoutVoIP).push_back(Path);
  }
  llvm::append_range(*AppPlists, WithoutVoIP);
  return *AppPlists;
}

std::vector<std::string> Project::filesWith(StringRef Text) {
  std::vector<std::string> Result;
  std::optional<Token> Known = tokenSpelled(Text);
  for (const SourceEntry &E : Found.Sources) {
    if (Known) {
      if (E.Tokens.has(*Known))
        Result.push_back(E.Path);
      continue;
    }
    if (Store.holds(E.Path, Text))
      Result.push_back(E.Path);
  }
  return Result;
}

bool ringfence::isEnabled(StringRef Globs, StringRef Id) {
  if (Globs.trim().empty())
    return true;
  bool Enabled = false;
  llvm::SmallVector<StringRef, 8> Items;
  Globs.split(Items, ',', -1, /*KeepEmpty=*/false);
  // The last glob that fits decides. A list of mere exclusions starts from all.
  if (llvm::all_of(Items,
                   [](StringRef I) { return I.trim().starts_with("-"); }))
    Enabled = true;
  for (StringRef Item : Items) {
    Item = Item.trim();
    bool Excludes = Item.consume_front("-");
    auto Pattern = llvm::GlobPattern::create(Item);
    if (!Pattern) {
      llvm::consumeError(Pattern.takeError());
      continue;
    }
    StringRef Short = Id;
    Short.consume_front("ringfence-");
    if (Pattern->match(Id) || Pattern->match(Short))
      Enabled = !Excludes;
  }
  return Enabled;
}

const xcode::TargetList &Project::targets() {
  if (!Targets)
    Targets = xcode::readTargets(
        Found.Manifests, [&](StringRef Path) { return Store.bytes(Path); });
  return *Targets;
}
