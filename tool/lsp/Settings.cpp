//===-- Settings.cpp - what the editor configures -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tool/lsp/Settings.h"
#include "tool/pipeline/Configuration.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/Support/Path.h"

using namespace ringfence;
using namespace ringfence::lsp;
using llvm::StringRef;

static std::optional<Applicability> levelNamed(StringRef Name) {
  for (Applicability A : {Applicability::Safe, Applicability::Review,
                          Applicability::Placeholders})
    if (nameOf(A) == Name)
      return A;
  return std::nullopt;
}

static llvm::Error wrong(StringRef Name, StringRef Wants) {
  return llvm::createStringError(
      std::errc::invalid_argument,
      ("setting \"" + Name + "\" has to be " + Wants).str().c_str());
}

llvm::Expected<Settings>
ringfence::lsp::withSettings(Settings Base, const llvm::json::Value &Json) {
  const llvm::json::Object *O = Json.getAsObject();
  if (O && O->getObject("ringfence"))
    O = O->getObject("ringfence");
  if (!O)
    return Base;
  for (const auto &[Key, Value] : *O) {
    StringRef Name = Key;
    std::string *Text = Name == "checks"           ? &Base.Checks
                        : Name == "config"         ? &Base.ConfigFile
                        : Name == "buildDirectory" ? &Base.BuildDirectory
                                                   : nullptr;
    if (Text) {
      auto Given = Value.getAsString();
      if (!Given)
        return wrong(Name, "a string");
      *Text = Given->str();
    } else if (Name == "level") {
      auto Given = Value.getAsString();
      auto Level = Given ? levelNamed(*Given) : std::nullopt;
      if (!Level)
        return wrong(Name, "\"safe\", \"review\" or \"placeholders\"");
      Base.Level = *Level;
    } else if (Name == "threads") {
      auto Given = Value.getAsUINT64();
      if (!Given || *Given > 1024)
        return wrong(Name, "a number of threads");
      Base.Threads = static_cast<unsigned>(*Given);
    } else if (Name != "path" && Name != "trace") {
      // Those two are the editor's own: where the program is, what to log.
      return llvm::createStringError(
          std::errc::invalid_argument,
          ("there is no setting \"" + Name + "\"").str().c_str());
    }
  }
  return Base;
}

/// \p Path, from \p Root if it is relative.
static std::string from(const std::string &Root, const std::string &Path) {
  if (Path.empty() || llvm::sys::path::is_absolute(Path))
    return Path;
  llvm::SmallString<256> Full(Root);
  llvm::sys::path::append(Full, Path);
  return Full.str().str();
}

llvm::Expected<AnalysisOptions>
ringfence::lsp::optionsFor(const std::string &Root, const Settings &S) {
  AnalysisOptions Result;
  Result.Root = Root;
  Result.Paths = {Root};
  Result.Threads = S.Threads;
  Result.BuildDirectory = from(Root, S.BuildDirectory);
  std::optional<std::string> File;
  if (S.ConfigFile.empty())
    File = findConfiguration(Root);
  else
    File = from(Root, S.ConfigFile);
  if (File) {
    auto Config = readConfiguration(*File);
    if (!Config)
      return Config.takeError();
    Result.Config = std::move(*Config);
  }
  if (!S.Checks.empty())
    Result.Config.Checks +=
        (Result.Config.Checks.empty() ? "" : ",") + S.Checks;
  return Result;
}
