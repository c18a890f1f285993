//===-- Members.cpp - members and types that moved code needs -------------===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "rewriters/capture/Needs.h"
#include "rewriters/capture/PassedIn.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

using namespace ringfence;
using llvm::StringRef;

/// How deep project methods are copied.
static constexpr unsigned MaxDepth = 3;
/// How many project files an extension may be asked to compile.
static constexpr unsigned MaxSources = 25;

namespace {
struct Writer {
  const File *In;
  const Function *Fn;
  const Assignment *A; ///< null when only the write as such is known
};
} // namespace

/// Who assigns to member \p Name of \p Type.
static std::vector<Writer> writersOf(FunctionSource &Functions, StringRef Type,
                                     StringRef Name) {
  std::vector<Writer> All;
  std::vector<const File *> Seen;
  StringRef Bare = Name;
  Bare.consume_front("_");
  auto IsIt = [&](StringRef Target) {
    bool Own = Target.consume_front("self.") || Target.consume_front("self->");
    Target.consume_front("_");
    (void)Own;
    return Target == Bare || Target.starts_with((Bare + "[").str());
  };
  for (const FunctionSource::TypeRef &T : Functions.types(Type)) {
    if (llvm::is_contained(Seen, T.In))
      continue;
    Seen.push_back(T.In);
    for (const Function &F : T.In->Functions) {
      if (F.Owner != Type)
        continue;
      for (const Step &S : F.Steps)
        forEachStep(S, [&](const Step &Inner) {
          bool Assigned = false;
          for (const Assignment &A : Inner.Assigns)
            if (IsIt(A.Target)) {
              All.push_back({T.In, &F, &A});
              Assigned = true;
            }
          for (const std::string &W : Inner.Writes)
            if (!Assigned && IsIt(W))
              All.push_back({T.In, &F, nullptr});
        });
    }
  }
  return All;
}

/// A name in \p E that means something only where that stands, or "".
static StringRef nameOfPlace(const PassedExpression &E) {
  for (const Word &Part :
       words(E.In->Source->bytes(), E.Where, E.In->Source->language()))
    if (!Part.IsMember && !Part.IsLabel &&
        (Part.Text == "self" || !llvm::isUpper(Part.Text.front())) &&
        Part.Text != "nil" && Part.Text != "true" && Part.Text != "false")
      return Part.Text;
  return "";
}

bool Needs::useMember(StringRef Name, unsigned Depth) {
  StringRef Owner = H.Fn->Owner;
  if (Owner.empty())
    return false;
  StringRef Bare = Name;
  if (H.language() != Language::Swift)
    Bare.consume_front("_");
  for (const FunctionSource::TypeRef &T : In.Functions.types(Owner))
    for (const Property &P : T.T->Properties) {
      StringRef Declared = P.Name;
      if (H.language() != Language::Swift)
        Declared.consume_front("_");
      if (Declared != Bare)
        continue;
      if (SeenMembers.insert(Bare.str()).second)
        useProperty(*T.In, P, Depth);
      return true;
    }
  bool Found = false;
  for (const FunctionRef &R : In.Functions.members(Owner, Name)) {
    if (R.Fn->Owner != Owner)
      continue;
    Found = true;
    if (SeenMembers.insert(R.Fn->Symbol).second)
      useMethod(R, Depth + 1);
  }
  return Found;
}

void Needs::useProperty(const File &F, const Property &P, unsigned Depth,
                        bool IsOfFile) {
  std::string Name = "'" + P.Name + "'";
  if (P.IsWeak || P.HasObservers) {
    block(Name + (P.IsWeak ? " is a weak reference" : " is observed"));
    return;
  }
  if (P.IsComputed) {
    if (Depth > MaxDepth) {
      block(Name + " needs too much of its type");
      return;
    }
    Members.push_back(
        {CopiedMember::Kind::Computed, P.Name, "", "", &F, P.Where});
    std::set<std::string> None;
    // The accessor's text behind the property's own name and type.
    StringRef Text = F.Source->text(P.Where);
    std::size_t Brace = Text.find('{');
    if (Brace != StringRef::npos)
      scan({F,
            {P.Where.Begin + static_cast<std::uint32_t>(Brace), P.Where.End},
            None,
            false,
            Depth + 1});
    return;
  }
  std::vector<Writer> Writers = writersOf(In.Functions, H.Fn->Owner, P.Name);
  std::set<std::string> None;
  std::size_t Before = Members.size();
  CopiedMember M{
      CopiedMember::Kind::Stored, P.Name, P.Type, P.Initializer, &F, P.Where};
  StringRef Bare = M.Name;
  if (!P.Initializer.empty()) {
    if (!P.IsConstant && !Writers.empty()) {
      block(Name + " changes while the app runs");
      return;
    }
    std::size_t At = F.Source->text(P.Where).rfind(P.Initializer);
    if (At == StringRef::npos) {
      block(Name + " cannot be read");
      return;
    }
    std::uint32_t Begin = P.Where.Begin + static_cast<std::uint32_t>(At);
    scan({F,
          {Begin, Begin + static_cast<std::uint32_t>(P.Initializer.size())},
          None,
          false,
          Depth});
  } else {
    if (Writers.empty()) {
      block(Name + " is set from outside");
      return;
    }
    if (Writers.size() != 1 || !Writers.front().A) {
      block(Name + " is set in more than one place");
      return;
    }
    const Writer &W = Writers.front();
    const Value &V = W.A->V;
    PassedExpression From{W.In, V.Where};
    StringRef Of = nameOfPlace(From);
    if (V.K == Value::Kind::Parameter)
      if (auto Passed = passedTo(In, *W.Fn, V.Name);
          Passed && nameOfPlace(*Passed).empty()) {
        From = *Passed;
        Of = {};
      }
    if (!Of.empty()) {
      block(Name + " is made from '" + Of.str() + "' in " + W.Fn->Symbol);
      return;
    }
    if (V.Where.empty() || V.K == Value::Kind::Nil) {
      block(Name + " is set from outside");
      return;
    }
    M.Initializer = From.In->Source->text(From.Where).str();
    if (H.language() == Language::Swift &&
        StringRef(M.Initializer).starts_with(P.Type + "("))
      M.Type.clear(); // it says so itself
    scan({*From.In, From.Where, None, false, Depth});
  }
  if (Members.size() != Before) {
    block(Name + " is made from other members");
    return;
  }
  if (H.language() != Language::Swift)
    Bare.consume_front("_");
  M.IsOfFile = IsOfFile;
  M.Name = IsOfFile ? P.Name : Bare.str();
  // Types that stand in the declaration alone.
  for (const Word &Part :
       words(P.Type, {0, static_cast<std::uint32_t>(P.Type.size())},
             F.Source->language()))
    if (llvm::isUpper(Part.Text.front()))
      useType(Part.Text, F);
  Members.push_back(std::move(M));
}

/// "#define KIND @"kind"" in the file itself: what headers define comes with
/// their import. \returns false if there is no such macro.
bool Needs::useMacro(const Region &R, StringRef Name) {
  StringRef Bytes = R.F.Source->bytes();
  if (R.F.Source->language() == Language::Swift ||
      R.F.Source->path().ends_with(".h") || Place == NewPlace::SameType)
    return false;
  for (std::size_t At = Bytes.find("#define"); At != StringRef::npos;
       At = Bytes.find("#define", At + 1)) {
    StringRef Line = Bytes.substr(At).split('\n').first.rtrim("\r");
    StringRef Rest = Line.substr(StringRef("#define").size()).ltrim(" \t");
    if (!Rest.consume_front(Name) ||
        (!Rest.empty() && Rest[0] != ' ' && Rest[0] != '\t' && Rest[0] != '('))
      continue;
    if (!SeenMembers.insert(Name.str()).second)
      return true;
    if (Rest.starts_with("(") || Rest.ends_with("\\")) {
      block("'" + Name.str() + "' is a macro of the handler's file");
      return true;
    }
    Rest = Rest.trim();
    auto Begin = static_cast<std::uint32_t>(Rest.begin() - Bytes.begin());
    Range Value{Begin, Begin + static_cast<std::uint32_t>(Rest.size())};
    Members.push_back({CopiedMember::Kind::Macro, Name.str(), "", Rest.str(),
                       &R.F, Value, /*IsOfFile=*/true});
    std::set<std::string> None;
    scan({R.F, Value, None, false, R.Depth});
    return true;
  }
  return false;
}

void Needs::useMethod(FunctionRef R, unsigned Depth) {
  const Function &F = *R.Fn;
  if (F.IsOverride || F.Body.empty() || F.IsStatic) {
    block("'" + F.Name + "' cannot be copied");
    return;
  }
  if (Depth > MaxDepth) {
    block("'" + F.Name + "' needs too much of its type");
    return;
  }
  Members.push_back(
      {CopiedMember::Kind::Method, F.Name, "", "", R.In, F.Where});
  std::set<std::string> Inside;
  for (const Parameter &P : F.Parameters)
    Inside.insert(P.Name);
  for (const Step &S : F.Steps) {
    for (std::string &Name : declaredIn(S))
      Inside.insert(std::move(Name));
    forEachStep(S, [&](const Step &Inner) {
      for (const Call &C : Inner.Calls)
        if (C.Awaited)
          block("'" + F.Name + "' suspends");
    });
    scanCalls(S, Depth);
  }
  scan({*R.In, F.Inside, Inside, false, Depth});
  for (const Word &Part :
       words(R.In->Source->bytes(), F.Head, R.In->Source->language()))
    if (llvm::isUpper(Part.Text.front()))
      useType(Part.Text, *R.In);
}

void Needs::useType(StringRef Name, const File &From) {
  if (Name == H.Fn->Owner) {
    block("'" + Name.str() + "' itself is used");
    return;
  }
  bool IsProject = false;
  std::vector<FunctionSource::TypeRef> Types = In.Functions.types(Name);
  for (const FunctionSource::TypeRef &T : Types)
    IsProject |= T.T->K != Type::Kind::Extension;
  if (!IsProject) {
    Outside.insert(Name.str());
    return;
  }
  if (!ProjectTypes.insert(Name.str()).second)
    return;
  for (const FunctionSource::TypeRef &T : Types) {
    if (T.In == H.In) {
      block("'" + Name.str() + "' is declared in the handler's file");
      return;
    }
    addSource(*T.In);
  }
}

/// A member that the project adds to a type of the SDK: its file is needed.
void Needs::useExtensionMember(StringRef Name) {
  std::vector<FunctionRef> Named = In.Functions.named(Name);
  if (Named.size() != 1 || Named.front().Fn->Owner.empty() ||
      Named.front().In == H.In)
    return;
  std::vector<FunctionSource::TypeRef> Types =
      In.Functions.types(Named.front().Fn->Owner);
  if (!Types.empty() && llvm::all_of(Types, [](const auto &T) {
        return T.T->K == Type::Kind::Extension;
      }))
    addSource(*Named.front().In);
}

/// What \p F keeps where only the app gets at it, as a clause, or "".
StringRef Needs::privateData(const File &F) const {
  StringRef Bytes = F.Source->bytes();
  Language L = F.Source->language();
  std::vector<Word> All =
      words(Bytes, {0, static_cast<std::uint32_t>(Bytes.size())}, L);
  for (std::size_t I = 1; I < All.size(); ++I)
    if ((All[I].Text == "standard" && All[I - 1].Text == "UserDefaults") ||
        (All[I].Text == "standardUserDefaults" &&
         All[I - 1].Text == "NSUserDefaults"))
      return "reads the standard defaults, which the extension has none of";
  StringRef Found;
  bool Shared =
      Bytes.contains("forSecurityApplicationGroupIdentifier") ||
      Bytes.contains("containerURLForSecurityApplicationGroupIdentifier");
  for (const Function &Fn : F.Functions)
    for (const Step &S : Fn.Steps)
      forEachCall(S, [&](const Call &C) {
        const Api *A = In.Apis.find(C, L);
        if (A && !Shared && A->E == Effect::Database)
          Found = "opens a database outside of an app group";
        else if (A && !Shared && A->E == Effect::File)
          Found = "uses files outside of an app group";
      });
  return Found;
}

void Needs::addSource(const File &F) {
  std::string Path = F.Source->path().str();
  if (!Sources.insert(Path).second)
    return;
  if (Sources.size() > MaxSources) {
    block("more than " + std::to_string(MaxSources) +
          " files of the app would have to join the extension");
    return;
  }
  StringRef Bytes = F.Source->bytes();
  std::set<std::string> Names;
  for (const Word &W :
       words(Bytes, {0, static_cast<std::uint32_t>(Bytes.size())},
             F.Source->language()))
    if (llvm::isUpper(W.Text.front()))
      Names.insert(W.Text.str());
  if (Names.contains("UIApplication"))
    block(Path + " uses UIApplication, which an app extension may not");
  if (StringRef Why = privateData(F); !Why.empty())
    block(Path + " " + Why.str());
  // What that file needs has to come along.
  for (const std::string &Name : Names) {
    if (ProjectTypes.contains(Name) || Sources.size() > MaxSources)
      continue;
    for (const FunctionSource::TypeRef &T : In.Functions.types(Name)) {
      if (T.T->K == Type::Kind::Extension)
        continue;
      if (T.In == H.In)
        block(Path + " uses '" + Name + "' of the handler's file");
      else
        addSource(*T.In);
    }
  }
}
