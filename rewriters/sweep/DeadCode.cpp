//===-- DeadCode.cpp - what nothing names any more ------------------------===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "rewriters/capture/Words.h"
#include "rewriters/edit/LineCuts.h"
#include "rewriters/sweep/Sweep.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

using namespace ringfence;
using llvm::StringRef;

static bool isPrivate(StringRef Access) {
  return Access == "private" || Access == "fileprivate";
}

/// "show" of "show", and of "show:at:".
static StringRef firstPiece(StringRef Name) { return Name.split(':').first; }

bool Sweep::takeFunctions(const File &F,
                          const std::vector<std::string> &Words) {
  bool Took = false;
  bool IsSwift = F.Source->language() == Language::Swift;
  for (unsigned I = 0; I != F.Functions.size(); ++I) {
    const Function &Fn = F.Functions[I];
    StringRef Name = firstPiece(Fn.Name);
    bool IsCalled =
        Fn.K == Function::Kind::Method || Fn.K == Function::Kind::Function;
    // Others may be called by what cannot be seen.
    if (!IsCalled || Fn.Body.empty() || Fn.IsOverride ||
        (IsSwift && Fn.IsObjC) || isGone(F, Fn.Body) ||
        !llvm::is_contained(Words, Name) ||
        llvm::any_of(F.Handlers,
                     [&](const Handler &H) { return H.FunctionIndex == I; }) ||
        isNamed(Name, F, Fn.Where, IsSwift && isPrivate(Fn.Access)))
      continue;
    if (!removeDeclaration(F, Fn.Where))
      continue;
    Dead.push_back(Name.str());
    Took = true;
  }
  return Took;
}

bool Sweep::takeProperties(const File &F,
                           const std::vector<std::string> &Words) {
  bool Took = false;
  bool IsSwift = F.Source->language() == Language::Swift;
  auto Take = [&](const std::vector<Property> &All, bool InHome) {
    for (const Property &P : All) {
      bool Shares = llvm::any_of(All, [&](const Property &Other) {
        return &Other != &P && Other.Where.overlaps(P.Where);
      });
      if (Shares || P.Where.empty() || P.HasObservers || isGone(F, P.Where) ||
          !llvm::is_contained(Words, P.Name) ||
          isNamed(P.Name, F, P.Where,
                  InHome || (IsSwift && isPrivate(P.Access))) ||
          !removeDeclaration(F, P.Where))
        continue;
      Dead.push_back(P.Name);
      Took = true;
    }
  };
  for (const Type &T : F.Types)
    // What a class extension in the implementation declares is its own.
    Take(T.Properties, !IsSwift && !F.Source->path().ends_with(".h"));
  Take(F.Globals, false);
  return Took;
}

bool Sweep::takeTypes(const File &F, const std::vector<std::string> &Words) {
  bool Took = false;
  for (const Type &T : F.Types) {
    if (F.Source->language() != Language::Swift || !isPrivate(T.Access) ||
        T.K == Type::Kind::Extension || isGone(F, T.Inside) ||
        !llvm::is_contained(Words, T.Name) ||
        isNamed(T.Name, F, T.Where, /*InHome=*/true) ||
        !removeDeclaration(F, T.Where))
      continue;
    Dead.push_back(T.Name);
    Took = true;
  }
  return Took;
}

/// Whether words that begin as Apple's names of a framework do, "UN" and an
/// upper-case letter, stand in what goes, and nowhere in what stays.
bool Sweep::isLastOf(const File &F, StringRef Prefix) const {
  bool Goes = false;
  const SourceFile &S = *F.Source;
  Range All{0, static_cast<std::uint32_t>(S.bytes().size())};
  for (const Word &W : words(S.bytes(), All, S.language())) {
    StringRef Rest = W.Text;
    if (!Rest.consume_front(Prefix) || Rest.empty() ||
        !llvm::isUpper(Rest.front()))
      continue;
    if (!isGone(F, W.Where))
      return false;
    Goes = true;
  }
  return Goes;
}

/// Whether the project's header \p Name declares nothing that \p F still
/// names, and something that went.
bool Sweep::takeHeader(const File &F, StringRef Name) {
  StringRef Stem = Name.substr(Name.rfind('/') + 1);
  // The header of an implementation is its own.
  StringRef Own = F.Source->path();
  Own = Own.substr(Own.rfind('/') + 1);
  if (!Stem.consume_back(".h") || Own.rsplit('.').first == Stem ||
      !llvm::is_contained(goneWords(), Stem) || isNamedIn(F, Stem, {}))
    return false;
  for (const std::string &Path : In.Project.filesWith(Stem)) {
    if (StringRef(Path).substr(StringRef(Path).rfind('/') + 1) !=
        Stem.str() + ".h")
      continue;
    std::optional<std::string> Bytes = In.Project.read(Path);
    const File *Header = In.Project.file(Path);
    // Macros and constants are not looked through.
    if (!Bytes || !Header || StringRef(*Bytes).contains("#define") ||
        StringRef(*Bytes).contains("extern"))
      return false;
    for (const Type &T : Header->Types)
      if (isNamedIn(F, T.Name, {}))
        return false;
    return true;
  }
  return false;
}

void Sweep::takeImports(const File &F) {
  static constexpr std::pair<StringRef, StringRef> Prefixes[] = {
      {"UserNotifications", "UN"}, {"BackgroundTasks", "BG"}};
  const SourceFile &S = *F.Source;
  for (unsigned Line = 1; Line <= S.lineCount(); ++Line) {
    // A byte order mark stays when the first line goes.
    std::uint32_t Begin = std::max(S.lineBegin(Line), byteOrderMark(S));
    StringRef Text =
        S.lineText(Line).drop_front(Begin - S.lineBegin(Line)).trim();
    std::uint32_t End = Line < S.lineCount()
                            ? S.lineBegin(Line + 1)
                            : static_cast<std::uint32_t>(S.bytes().size());
    std::string Name;
    for (auto [Module, Prefix] : Prefixes)
      if ((Text == ("import " + Module).str() ||
           Text == ("@import " + Module + ";").str() ||
           Text == ("#import <" + Module + "/" + Module + ".h>").str()) &&
          isLastOf(F, Prefix))
        Name = Module.str();
    StringRef Header = Text;
    if (Header.consume_front("#import \"") && Header.consume_back("\"") &&
        takeHeader(F, Header))
      Name = Header.str();
    if (Name.empty())
      continue;
    Edits.of(F).replace({Begin, End}, "");
    Gone[&F].push_back({Begin, End});
    Dead.push_back(Name);
  }
}

void Sweep::takeDeadCode() {
  // What dies takes what only it used along.
  for (bool Again = true; Again;) {
    Again = false;
    std::vector<std::string> Words = goneWords();
    std::vector<const File *> Files;
    for (const auto &Entry : Gone)
      Files.push_back(Entry.first);
    llvm::sort(Files, [](const File *A, const File *B) {
      return A->Source->path() < B->Source->path();
    });
    for (const File *F : Files) {
      Again |= takeFunctions(*F, Words);
      Again |= takeProperties(*F, Words);
      Again |= takeTypes(*F, Words);
    }
    if (!Again)
      for (const File *F : Files)
        takeImports(*F);
  }
}
