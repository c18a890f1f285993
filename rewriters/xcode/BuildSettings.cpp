//===-- BuildSettings.cpp - build settings and their values ---------------===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "rewriters/xcode/BuildSettings.h"

using namespace ringfence::xcode;
using llvm::StringRef;

void BuildSettings::inherit(const BuildSettings &Outer) {
  for (const auto &Entry : Outer.Values)
    Values.try_emplace(Entry.getKey(), Entry.getValue());
}

static std::optional<std::string> expand(const BuildSettings &S, StringRef Text,
                                         unsigned Depth) {
  std::string Out;
  while (!Text.empty()) {
    std::size_t At = Text.find('$');
    Out += Text.take_front(At).str();
    if (At == StringRef::npos)
      return Out;
    Text = Text.drop_front(At + 1);
    char Close = Text.starts_with("(") ? ')' : Text.starts_with("{") ? '}' : 0;
    std::size_t End = Close ? Text.find(Close) : StringRef::npos;
    if (End == StringRef::npos)
      return std::nullopt;
    StringRef Name = Text.slice(1, End);
    auto Known = S.Values.find(Name);
    if (Known == S.Values.end() || Depth == 8)
      return std::nullopt;
    std::optional<std::string> Value = expand(S, Known->second, Depth + 1);
    if (!Value)
      return std::nullopt;
    Out += *Value;
    Text = Text.drop_front(End + 1);
  }
  return Out;
}

std::optional<std::string> BuildSettings::expanded(StringRef Key) const {
  return expand(*this, value(Key), 0);
}

static void readInto(BuildSettings &S, StringRef Path, ReadBytes Read,
                     unsigned Depth) {
  std::optional<std::string> Bytes = Read(Path);
  if (!Bytes || Depth == 16)
    return;
  llvm::SmallVector<StringRef> Lines;
  StringRef(*Bytes).split(Lines, '\n');
  for (StringRef Line : Lines) {
    Line = Line.take_front(Line.find("//")).trim();
    if (Line.consume_front("#include")) {
      Line.consume_front("?");
      StringRef Other = Line.trim().trim('"');
      readInto(
          S, pathFrom(Path.contains('/') ? Path.rsplit('/').first : "", Other),
          Read, Depth + 1);
      continue;
    }
    auto [Key, Value] = Line.split('=');
    if (!Value.empty() && !Key.contains('['))
      S.set(Key.trim(), Value.trim());
  }
}

BuildSettings ringfence::xcode::readConfiguration(StringRef Path,
                                                  ReadBytes Read) {
  BuildSettings S;
  readInto(S, Path, Read, 0);
  return S;
}
