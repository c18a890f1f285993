//===-- Baseline.cpp - findings that are accepted for now -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tool/pipeline/Baseline.h"
#include "tool/pipeline/Hiding.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/JSON.h"
#include "llvm/Support/SHA256.h"
#include "llvm/Support/SourceMgr.h"
#include "llvm/Support/YAMLTraits.h"

using namespace ringfence;
using llvm::StringRef;

LLVM_YAML_IS_SEQUENCE_VECTOR(ringfence::BaselineEntry)

namespace llvm::yaml {

template <> struct MappingTraits<BaselineEntry> {
  static void mapping(IO &Io, BaselineEntry &E) {
    Io.mapRequired("check", E.Check);
    Io.mapOptional("file", E.File, std::string());
    Io.mapOptional("symbol", E.Symbol, std::string());
    Io.mapOptional("at", E.At, std::string());
    Io.mapOptional("after", E.After, std::string());
    Io.mapRequired("hash", E.Hash);
    Io.mapOptional("count", E.Count, 1u);
  }
};

template <> struct MappingTraits<Baseline> {
  static void mapping(IO &Io, Baseline &B) {
    unsigned Version = 1;
    Io.mapRequired("version", Version);
    if (Version != 1)
      Io.setError("this version of ringfence reads version 1");
    Io.mapOptional("findings", B.Entries);
  }
};

} // namespace llvm::yaml

/// \p Text with its blanks made one space each.
static std::string withoutLayout(StringRef Text) {
  std::string Result;
  for (char C : Text.trim()) {
    bool Blank = llvm::isSpace(C);
    if (!Blank || (!Result.empty() && Result.back() != ' '))
      Result += Blank ? ' ' : C;
  }
  return Result;
}

/// For readers: short, and text that YAML can hold.
static std::string shortened(StringRef Text) {
  constexpr std::size_t Most = 100;
  std::string Valid =
      llvm::json::isUTF8(Text) ? Text.str() : llvm::json::fixUTF8(Text);
  if (Valid.size() <= Most)
    return Valid;
  std::size_t End = Most;
  while ((static_cast<unsigned char>(Valid[End]) & 0xC0) == 0x80)
    --End; // not within a character
  return Valid.substr(0, End) + "…";
}

/// The last turn of the path that is not the finding itself.
static Place turnBefore(const Finding &F) {
  for (const PathNote &N : llvm::reverse(F.Notes))
    if (N.At && !(N.At.In == F.At.In && N.At.line() == F.At.line()))
      return N.At;
  return {};
}

static BaselineEntry entryOf(const Analysis &A, const Finding &F) {
  BaselineEntry E;
  E.Check = F.Check;
  if (F.HandlerIndex >= 0)
    E.Symbol =
        A.Handlers[static_cast<unsigned>(F.HandlerIndex)].function().Symbol;
  std::string At, After;
  if (F.At) {
    E.File = F.At.In->Source->path();
    At = withoutLayout(F.At.In->Source->text(F.At.Where));
  }
  if (Place Turn = turnBefore(F))
    After = withoutLayout(Turn.In->Source->text(Turn.Where));
  E.At = shortened(At);
  E.After = shortened(After);
  llvm::SHA256 Hash;
  Hash.update(At + '\0' + After);
  E.Hash = llvm::toHex(Hash.final(), /*LowerCase=*/true).substr(0, 16);
  return E;
}

/// What has to be equal for a finding to be the one of an entry.
static auto keyOf(const BaselineEntry &E) {
  return std::tie(E.Check, E.Symbol, E.Hash);
}

static auto orderOf(const BaselineEntry &E) {
  return std::tie(E.File, E.Symbol, E.Check, E.After, E.At, E.Hash);
}

Baseline ringfence::baselineOf(const Analysis &A) {
  Baseline B;
  for (const Finding &F : A.Findings) {
    BaselineEntry E = entryOf(A, F);
    auto Known = llvm::find_if(B.Entries, [&](const BaselineEntry &O) {
      return O.File == E.File && keyOf(O) == keyOf(E);
    });
    if (Known == B.Entries.end())
      B.Entries.push_back(std::move(E));
    else
      ++Known->Count;
  }
  llvm::sort(B.Entries, [](const BaselineEntry &L, const BaselineEntry &R) {
    return orderOf(L) < orderOf(R);
  });
  return B;
}

std::string ringfence::printBaseline(const Baseline &B) {
  std::string Text;
  llvm::raw_string_ostream OS(Text);
  OS << "# Findings that are accepted for now. Entries may be removed by "
        "hand;\n"
        "# \"ringfence baseline\" writes them anew.\n";
  // No line breaks within values: a line of a diff is a whole value.
  llvm::yaml::Output Yaml(OS, nullptr, /*WrapColumn=*/0);
  Baseline Copy = B;
  Yaml << Copy;
  return Text;
}

llvm::Expected<Baseline> ringfence::parseBaseline(StringRef Text,
                                                  StringRef Name) {
  std::string Errors;
  auto Collect = [](const llvm::SMDiagnostic &D, void *Into) {
    llvm::raw_string_ostream OS(*static_cast<std::string *>(Into));
    D.print(nullptr, OS, /*ShowColors=*/false);
  };
  llvm::yaml::Input Yaml(llvm::MemoryBufferRef(Text, Name), nullptr, Collect,
                         &Errors);
  Baseline B;
  Yaml >> B;
  if (Yaml.error())
    return llvm::createStringError(Yaml.error(), "%s",
                                   StringRef(Errors).rtrim().str().c_str());
  return B;
}

std::vector<BaselineEntry> ringfence::applyBaseline(Analysis &A,
                                                    std::vector<FixSet> &Sets,
                                                    const Baseline &B,
                                                    StringRef Name) {
  std::vector<BaselineEntry> Left = B.Entries;
  hideFindings(A, Sets, Suppressed::Kind::Baseline,
               [&](const Finding &F) -> std::optional<std::string> {
                 BaselineEntry E = entryOf(A, F);
                 // Of alike entries, the one of the same file comes first.
                 BaselineEntry *Known = nullptr;
                 for (BaselineEntry &L : Left)
                   if (L.Count && keyOf(L) == keyOf(E) &&
                       (!Known || L.File == E.File))
                     Known = &L;
                 if (!Known)
                   return std::nullopt;
                 --Known->Count;
                 return "accepted in " + Name.str();
               });
  A.HasBaseline = true;
  llvm::erase_if(Left, [](const BaselineEntry &E) { return !E.Count; });
  return Left;
}
