//===-- RegisteredTask.cpp - background tasks the project has -------------===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "rewriters/background_task/RegisteredTask.h"
#include "matchers/model/EachStep.h"
#include "rewriters/xcode/ExtensionFiles.h"
#include "rewriters/xcode/PropertyList.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/ScopeExit.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/Regex.h"

using namespace ringfence;
using llvm::StringRef;

static bool isName(StringRef Text) {
  return !Text.empty() && !llvm::isDigit(Text.front()) &&
         llvm::all_of(Text,
                      [](char C) { return llvm::isAlnum(C) || C == '_'; });
}

namespace {

/// Computes an identifier from its text.
class IdentifierText {
public:
  explicit IdentifierText(const ProposeInput &In) : In(In) {}
  std::string of(StringRef Text, FunctionRef At);

private:
  std::string constant(StringRef Name, const std::vector<Property> &Properties,
                       FunctionRef At);
  std::string member(StringRef Type, StringRef Name, FunctionRef At);
  std::string local(StringRef Name, FunctionRef At);
  std::string global(StringRef Name, FunctionRef At);

  const ProposeInput &In;
  unsigned Depth = 0;
};

} // namespace

std::string IdentifierText::constant(StringRef Name,
                                     const std::vector<Property> &Properties,
                                     FunctionRef At) {
  for (const Property &P : Properties)
    if (P.Name == Name && !P.Initializer.empty())
      return of(P.Initializer, At);
  return "";
}

std::string IdentifierText::member(StringRef Type, StringRef Name,
                                   FunctionRef At) {
  for (const FunctionSource::TypeRef &T : In.Functions.types(Type))
    if (std::string V = constant(Name, T.T->Properties, {T.In, At.Fn});
        !V.empty())
      return V;
  // A computed property, or a method without arguments.
  std::vector<FunctionRef> Members = In.Functions.members(Type, Name);
  if (Members.size() == 1 && Members[0].Fn->Steps.size() == 1 &&
      Members[0].Fn->Steps[0].K == Step::Kind::Exit)
    return of(Members[0].Fn->Steps[0].Result.Text, Members[0]);
  return "";
}

std::string IdentifierText::local(StringRef Name, FunctionRef At) {
  std::string Found;
  forEachStep(At.Fn->Steps, [&](const Step &S) {
    for (const Declaration &D : S.Declares)
      if (D.Name == Name && Found.empty())
        Found = D.Init.Text;
  });
  return Found.empty() ? "" : of(Found, At);
}

std::string IdentifierText::global(StringRef Name, FunctionRef At) {
  std::vector<std::string> Paths = In.Project.filesWith(Name);
  Paths.insert(Paths.begin(), At.In->Source->path().str());
  for (const std::string &Path : Paths) {
    if (const File *F = In.Project.file(Path))
      if (std::string V = constant(Name, F->Globals, {F, At.Fn}); !V.empty())
        return V;
    llvm::SmallVector<StringRef> Match;
    std::optional<std::string> Bytes = In.Project.read(Path);
    if (Bytes &&
        llvm::Regex("#[ \t]*define[ \t]+" + Name.str() + "[ \t]+@\"([^\"]+)\"")
            .match(*Bytes, &Match))
      return Match[1].str();
  }
  return "";
}

std::string IdentifierText::of(StringRef Text, FunctionRef At) {
  if (Depth == 4)
    return "";
  ++Depth;
  auto Restore = llvm::make_scope_exit([this] { --Depth; });
  Text = Text.trim();
  Text.consume_back(" as String");
  StringRef Literal = Text.ltrim('@');
  if (Literal.size() > 2 && Literal.consume_front("\"") &&
      Literal.consume_back("\"") && !Literal.contains('"') &&
      !Literal.contains('\\'))
    return Literal.contains('%') ? "" : Literal.str();
  if (Text.contains("undleIdentifier")) {
    // What stands in the last literal, behind its interpolation.
    std::size_t End = Text.rfind('"');
    StringRef Tail = Text.take_front(End == StringRef::npos ? 0 : End);
    Tail =
        Tail.drop_front(std::min(Tail.size(), Tail.find_last_of("\")@") + 1));
    return Tail.starts_with(".") || Tail.consume_front("%@")
               ? "$(PRODUCT_BUNDLE_IDENTIFIER)" + Tail.str()
               : "";
  }
  Text = Text.trim("[]");
  auto [Path, Name] = Text.contains('.') ? Text.rsplit('.') : Text.rsplit(' ');
  if (Name.empty())
    std::swap(Path, Name);
  if (!isName(Name))
    return "";
  Path = Path.trim();
  if (Path.empty()) {
    std::string V = local(Name, At);
    if (V.empty())
      V = member(At.Fn->Owner, Name, At);
    return V.empty() ? global(Name, At) : V;
  }
  if (Path == "self" || Path == "Self")
    return member(At.Fn->Owner, Name, At);
  StringRef Type = Path.contains('.') ? Path.rsplit('.').second : Path;
  return isName(Type) && llvm::isUpper(Type.front()) ? member(Type, Name, At)
                                                     : "";
}

std::string ringfence::identifierValue(const ProposeInput &In,
                                       StringRef Expression, FunctionRef At) {
  return IdentifierText(In).of(Expression, At);
}

/// The argument of \p C that is called \p Label, or null.
static const Argument *argument(const Call &C, StringRef Label) {
  for (const Argument &A : C.Arguments)
    if (A.Label == Label)
      return &A;
  return nullptr;
}

namespace {

/// A request as the project makes it.
struct Request {
  std::string Identifier, Value;
  bool IsRefresh = false;
};

} // namespace

/// The sources of the app of the handler at \p Path that hold \p Token.
static std::vector<std::string> appFiles(const ProposeInput &In, StringRef Path,
                                         StringRef Token) {
  std::vector<std::string> Plists = In.Project.infoPlists();
  std::vector<std::string> Paths = In.Project.filesWith(Token);
  llvm::erase_if(Paths, [&](const std::string &Other) {
    return !xcode::belongsTogether(Plists, In.Project.targets(), Path, Other);
  });
  return Paths;
}

static std::vector<Request> requests(const ProposeInput &In, StringRef Home) {
  std::vector<Request> All;
  for (StringRef Class : {"BGAppRefreshTaskRequest", "BGProcessingTaskRequest"})
    for (const std::string &Path : appFiles(In, Home, Class)) {
      const File *F = In.Project.file(Path);
      if (!F)
        continue;
      for (const Function &Fn : F->Functions)
        forEachCall(Fn.Steps, [&](const Call &C) {
          bool IsIt = C.K == Call::Kind::Init &&
                      (C.Name == Class || C.ReceiverType == Class) &&
                      !C.Arguments.empty();
          if (!IsIt)
            return;
          StringRef Text = C.Arguments.front().V.Text;
          All.push_back({Text.str(), identifierValue(In, Text, {F, &Fn}),
                         Class == "BGAppRefreshTaskRequest"});
        });
    }
  return All;
}

bool ringfence::asksForRefresh(const ProposeInput &In, StringRef Path) {
  return llvm::any_of(requests(In, Path),
                      [](const Request &R) { return R.IsRefresh; }) ||
         !appFiles(In, Path, ".backgroundTask(.appRefresh(").empty();
}

/// The launch handler that \p A stands for, in \p Task.
static void takeHandler(const ProposeInput &In,
                        const std::vector<Closure> &Closures, const Argument &A,
                        RegisteredTask &Task) {
  if (A.V.K == Value::Kind::Closure) {
    if (A.V.ClosureIndex >= 0 && unsigned(A.V.ClosureIndex) < Closures.size())
      Task.Handler = &Closures[A.V.ClosureIndex];
    return;
  }
  // "launchHandler: handleRefresh", "self.handleRefresh(task:)".
  StringRef Name = StringRef(A.V.Text).split('(').first;
  Name.consume_front("self.");
  if (!isName(Name))
    return;
  std::vector<FunctionRef> Found =
      In.Functions.members(Task.In.Fn->Owner, Name);
  llvm::erase_if(Found, [](const FunctionRef &R) {
    return R.Fn->Parameters.size() != 1 || R.Fn->Body.empty();
  });
  if (Found.size() == 1)
    Task.Method = Found.front();
}

std::vector<RegisteredTask> ringfence::registeredTasks(const ProposeInput &In,
                                                       StringRef Home) {
  std::vector<RegisteredTask> All;
  std::vector<Request> Asked = requests(In, Home);
  for (const std::string &Path : appFiles(In, Home, "BGTaskScheduler")) {
    const File *F = In.Project.file(Path);
    if (!F || !In.Project.isOwn(Path))
      continue;
    for (const Function &Fn : F->Functions)
      forEachStep(Fn.Steps, [&](const Step &S) {
        for (const Call &C : S.Calls) {
          const Argument *Id =
              C.Name == "register"
                  ? argument(C, "forTaskWithIdentifier")
                  : argument(C, "registerForTaskWithIdentifier");
          if (!Id || C.Arguments.size() < 2)
            continue;
          RegisteredTask T;
          T.In = {F, &Fn};
          T.Statement = &S;
          T.Identifier = Id->V.Text;
          T.Value = identifierValue(In, T.Identifier, T.In);
          T.OnMain = StringRef(C.Arguments[1].V.Text).contains("main");
          takeHandler(In, S.Closures, C.Arguments.back(), T);
          for (const Request &R : Asked)
            if (T.Value.empty() ? R.Identifier == T.Identifier
                                : R.Value == T.Value)
              (R.IsRefresh ? T.IsRefresh : T.IsProcessing) = true;
          All.push_back(std::move(T));
        }
      });
  }
  return All;
}

std::string ringfence::freeSuffix(const ProposeInput &In,
                                  llvm::StringRef HandlerPath,
                                  unsigned Skipped) {
  std::set<std::string> Taken;
  auto Take = [&](StringRef Identifier) {
    Taken.insert(Identifier.rsplit('.').second.str());
  };
  for (const std::string &Path : In.Project.infoPlists()) {
    std::optional<std::string> Bytes = In.Project.read(Path);
    if (!Bytes)
      continue;
    llvm::Expected<xcode::PropertyList> P =
        xcode::PropertyList::read(Path, *Bytes);
    if (!P) {
      llvm::consumeError(P.takeError()); // said where the file is edited
      continue;
    }
    for (const std::string &Id :
         P->strings("BGTaskSchedulerPermittedIdentifiers")
             .value_or(std::vector<std::string>()))
      Take(Id);
  }
  for (const RegisteredTask &T : registeredTasks(In, HandlerPath))
    Take(T.Value);
  for (unsigned N = 1;; ++N) {
    std::string Suffix = N == 1   ? "refresh"
                         : N == 2 ? "pushed-refresh"
                                  : "pushed-refresh-" + std::to_string(N - 1);
    // A constant may hold it that nothing here follows.
    if (Taken.count(Suffix) ||
        !In.Project.filesWith("." + Suffix + "\"").empty())
      continue;
    if (Skipped-- == 0)
      return Suffix;
  }
}
