//===-- Configuration.cpp - .ringfence.yaml -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tool/pipeline/Configuration.h"
#include "tool/pipeline/CheckNames.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/SourceMgr.h"
#include "llvm/Support/YAMLParser.h"
#include "llvm/Support/raw_ostream.h"

using namespace ringfence;
using llvm::StringRef;
namespace yaml = llvm::yaml;

namespace {

class Parser {
public:
  Parser(StringRef Text, StringRef Name)
      : Buffer(llvm::MemoryBuffer::getMemBufferCopy(Text, Name)),
        Stream(Buffer->getMemBufferRef(), Sources, /*ShowColors=*/false) {
    Sources.setDiagHandler(
        [](const llvm::SMDiagnostic &D, void *Self) {
          llvm::raw_string_ostream OS(static_cast<Parser *>(Self)->Errors);
          D.print(nullptr, OS, /*ShowColors=*/false);
        },
        this);
  }

  llvm::Expected<Configuration> parse() {
    yaml::document_iterator Document = Stream.begin();
    if (Document != Stream.end())
      root(Document->getRoot());
    if (Stream.failed() || !Errors.empty())
      return llvm::createStringError(std::errc::invalid_argument, "%s",
                                     StringRef(Errors).rtrim().str().c_str());
    return std::move(Result);
  }

private:
  void error(yaml::Node *N, const llvm::Twine &Message) {
    Stream.printError(N, Message);
  }

  void root(yaml::Node *Root) {
    if (!Root || llvm::isa<yaml::NullNode>(Root))
      return; // an empty file
    auto *Map = llvm::dyn_cast<yaml::MappingNode>(Root);
    if (!Map)
      return error(Root, "expected keys and values");
    const char *EffectsFrom = nullptr;
    for (yaml::KeyValueNode &Pair : *Map) {
      auto *Key = llvm::dyn_cast_or_null<yaml::ScalarNode>(Pair.getKey());
      if (!Key || Stream.failed())
        return;
      const char *KeyAt = Key->getSourceRange().Start.getPointer();
      if (EffectsFrom)
        takeEffects(std::exchange(EffectsFrom, nullptr), KeyAt);
      llvm::SmallString<32> Storage;
      std::string Name = Key->getValue(Storage).str();
      if (!Seen.insert(Name).second)
        error(Key, "key '" + Name + "' stands here for the second time");
      yaml::Node *Value = Pair.getValue();
      if (Name == "effects") {
        EffectsFrom = Key->getSourceRange().End.getPointer();
        if (Value)
          Value->skip();
      } else if (!entry(Name, Value)) {
        static const std::string Known[] = {"checks",
                                            "exclude",
                                            "reporters",
                                            "effects",
                                            "app-group",
                                            "task-identifier-prefix",
                                            "deployment-target",
                                            "sdk"};
        std::string Hint = didYouMean(Name, Known);
        error(Key, "unknown key '" + Name + "'" +
                       (Hint.empty()
                            ? "; known are " + llvm::join(std::begin(Known),
                                                          std::end(Known), ", ")
                            : Hint));
        if (Value)
          Value->skip();
      }
    }
    if (EffectsFrom)
      takeEffects(EffectsFrom, Buffer->getBufferEnd());
  }

  /// Rows of the catalogue are its own business: they are handed on as text.
  void takeEffects(const char *From, const char *To) {
    StringRef Text(From, static_cast<std::size_t>(To - From));
    Text = Text.substr(Text.find(':') + 1);
    Text.consume_front(" ");
    Result.EffectRows = Text.ltrim("\r\n").str();
  }

  bool entry(StringRef Name, yaml::Node *Value) {
    if (Name == "checks")
      checks(Value);
    else if (Name == "exclude")
      list(Value, Result.Exclude);
    else if (Name == "reporters")
      list(Value, Result.Reporters);
    else if (Name == "app-group")
      scalar(Value, Result.Fixes.AppGroup);
    else if (Name == "task-identifier-prefix")
      scalar(Value, Result.Fixes.TaskIdentifierPrefix);
    else if (Name == "deployment-target")
      scalar(Value, Result.Fixes.DeploymentTarget);
    else if (Name == "sdk")
      scalar(Value, Result.Fixes.Sdk);
    else
      return false;
    return true;
  }

  void scalar(yaml::Node *N, std::string &Into) {
    llvm::SmallString<64> Storage;
    if (auto *S = llvm::dyn_cast_or_null<yaml::ScalarNode>(N))
      Into = S->getValue(Storage).str();
    else if (auto *B = llvm::dyn_cast_or_null<yaml::BlockScalarNode>(N))
      Into = B->getValue().str();
    else if (N)
      error(N, "expected a text");
  }

  void list(yaml::Node *N, std::vector<std::string> &Into) {
    auto *Items = llvm::dyn_cast_or_null<yaml::SequenceNode>(N);
    if (!Items) {
      if (N && !llvm::isa<yaml::NullNode>(N))
        error(N, "expected a list");
      return;
    }
    for (yaml::Node &Item : *Items) {
      std::string Text;
      scalar(&Item, Text);
      Into.push_back(std::move(Text));
    }
  }

  /// A text with commas, or a list of such.
  void checks(yaml::Node *N) {
    if (auto *Items = llvm::dyn_cast_or_null<yaml::SequenceNode>(N)) {
      for (yaml::Node &Item : *Items)
        globs(&Item);
      return;
    }
    globs(N);
  }

  void globs(yaml::Node *N) {
    std::string Text;
    scalar(N, Text);
    if (auto Unknown = unknownCheck(Text)) {
      // The glob itself, where the text stands as it is; else the whole value.
      llvm::SMRange Where = N->getSourceRange();
      StringRef Raw(Where.Start.getPointer(),
                    static_cast<std::size_t>(Where.End.getPointer() -
                                             Where.Start.getPointer()));
      if (std::size_t At = Raw.find(Text); At != StringRef::npos)
        Where.Start =
            llvm::SMLoc::getFromPointer(Raw.data() + At + Unknown->Offset);
      Stream.printError(Where, Unknown->Message);
    }
    Result.Checks += (Result.Checks.empty() ? "" : ",") + Text;
  }

  std::unique_ptr<llvm::MemoryBuffer> Buffer;
  std::string Errors;
  llvm::SourceMgr Sources;
  yaml::Stream Stream;
  Configuration Result;
  llvm::StringSet<> Seen;
};

} // namespace

llvm::Expected<Configuration> ringfence::parseConfiguration(StringRef Yaml,
                                                            StringRef Name) {
  return Parser(Yaml, Name).parse();
}

std::optional<std::string> ringfence::findConfiguration(StringRef Folder) {
  llvm::SmallString<256> At;
  if (llvm::sys::fs::real_path(Folder, At))
    return std::nullopt;
  for (StringRef Dir = At; !Dir.empty();
       Dir = llvm::sys::path::parent_path(Dir)) {
    llvm::SmallString<256> Path(Dir);
    llvm::sys::path::append(Path, ".ringfence.yaml");
    if (llvm::sys::fs::exists(Path))
      return Path.str().str();
  }
  return std::nullopt;
}

llvm::Expected<Configuration> ringfence::readConfiguration(StringRef Path) {
  auto Text = llvm::MemoryBuffer::getFile(Path, /*IsText=*/false,
                                          /*RequiresNullTerminator=*/true,
                                          /*IsVolatile=*/true);
  if (!Text)
    return llvm::createStringError(Text.getError(), "%s: %s",
                                   Path.str().c_str(),
                                   Text.getError().message().c_str());
  return parseConfiguration((*Text)->getBuffer(), Path);
}
