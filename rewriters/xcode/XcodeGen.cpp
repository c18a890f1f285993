//===-- XcodeGen.cpp - the targets of XcodeGen's project.yml --------------===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The keys are those of XcodeGen's "Project Spec" (Docs/ProjectSpec.md).
//
//===----------------------------------------------------------------------===//

#include "rewriters/xcode/Targets.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/Support/SourceMgr.h"
#include "llvm/Support/YAMLParser.h"
#include <set>

using namespace ringfence::xcode;
using llvm::StringRef;
namespace yaml = llvm::yaml;

namespace {

std::string textOf(yaml::Node *N) {
  llvm::SmallString<64> Storage;
  auto *S = llvm::dyn_cast_or_null<yaml::ScalarNode>(N);
  return S ? S->getValue(Storage).str() : "";
}

/// Calls \p Visit with each key of \p N and its value; nothing else of a
/// mapping can be asked, since the parser reads on as it is asked.
template <typename Visitor> void forEachEntry(yaml::Node *N, Visitor Visit) {
  if (auto *Map = llvm::dyn_cast_or_null<yaml::MappingNode>(N))
    for (yaml::KeyValueNode &Entry : *Map) {
      std::string Key = textOf(Entry.getKey());
      Visit(StringRef(Key), Entry.getValue());
    }
}

/// Calls \p Visit with each item of \p N, or with \p N itself if it is none.
template <typename Visitor> void forEachItem(yaml::Node *N, Visitor Visit) {
  if (auto *List = llvm::dyn_cast_or_null<yaml::SequenceNode>(N))
    for (yaml::Node &Item : *List)
      Visit(&Item);
  else if (N)
    Visit(N);
}

class Reader {
public:
  Reader(StringRef Manifest, ReadBytes Read) : Manifest(Manifest), Read(Read) {}

  bool read(StringRef Path, StringRef Bytes) {
    if (!Seen.insert(Path.str()).second)
      return true;
    Folder = Path.contains('/') ? Path.rsplit('/').first.str() : "";
    std::vector<std::string> Included;
    llvm::SourceMgr Sources;
    Sources.setDiagHandler([](const llvm::SMDiagnostic &, void *) {});
    yaml::Stream Stream(Bytes, Sources);
    auto Document = Stream.begin();
    if (Document == Stream.end() ||
        !llvm::isa_and_nonnull<yaml::MappingNode>(Document->getRoot()))
      return false;
    forEachEntry(Document->getRoot(), [&](StringRef Key, yaml::Node *V) {
      if (Key == "targets")
        forEachEntry(V, [&](StringRef Name, yaml::Node *T) { take(Name, T); });
      else if (Key == "include")
        forEachItem(V, [&](yaml::Node *Item) {
          std::string Other = textOf(Item);
          forEachEntry(Item, [&](StringRef Key, yaml::Node *V) {
            if (Key == "path")
              Other = textOf(V);
            else
              V->skip();
          });
          if (!Other.empty())
            Included.push_back(pathFrom(Folder, Other));
        });
      else
        V->skip();
    });
    if (Stream.failed())
      return false;
    for (const std::string &Other : Included)
      if (std::optional<std::string> Text = Read(Other))
        if (!read(Other, *Text))
          return false;
    return true;
  }

  std::vector<Target> All;

private:
  void take(StringRef Name, yaml::Node *N) {
    Target T;
    T.Manifest = Manifest.str();
    T.Name = Name.str();
    forEachEntry(N, [&](StringRef Key, yaml::Node *V) {
      if (Key == "type") {
        std::string Text = textOf(V);
        StringRef Type = Text;
        T.K = Type.split('.').first == "application" ? Target::Kind::App
              : Type.split('.').first == "app-extension" ||
                      Type == "extensionkit-extension"
                  ? Target::Kind::Extension
                  : Target::Kind::Other;
      } else if (Key == "sources") {
        forEachItem(V, [&](yaml::Node *Item) { source(T, Item); });
      } else if (Key == "info" || Key == "entitlements") {
        std::vector<std::string> &Files =
            Key == "info" ? T.InfoPlists : T.Entitlements;
        forEachEntry(V, [&](StringRef Key, yaml::Node *V) {
          if (Key == "path")
            Files.push_back(pathFrom(Folder, textOf(V)));
          else
            V->skip();
        });
      } else if (Key == "dependencies") {
        forEachItem(V, [&](yaml::Node *Item) {
          forEachEntry(Item, [&](StringRef Key, yaml::Node *V) {
            if (Key == "target")
              T.Dependencies.push_back(textOf(V));
            else
              V->skip();
          });
        });
      } else if (V) {
        V->skip();
      }
    });
    All.push_back(std::move(T));
  }

  void source(Target &T, yaml::Node *N) {
    std::string Path = textOf(N);
    std::vector<std::string> Excludes;
    forEachEntry(N, [&](StringRef Key, yaml::Node *V) {
      if (Key == "path")
        Path = textOf(V);
      else if (Key == "excludes")
        forEachItem(V, [&](yaml::Node *E) {
          std::string Text = textOf(E);
          StringRef Pattern = Text;
          Pattern.consume_back("/**");
          Pattern.consume_back("/*");
          // Other patterns seldom speak of sources.
          if (!Pattern.contains('*'))
            Excludes.push_back(Pattern.str());
        });
      else
        V->skip();
    });
    if (Path.empty())
      return;
    std::string Where = pathFrom(Folder, Path);
    // A source with a suffix is a file, any other a folder.
    (StringRef(Where).substr(Where.rfind('/') + 1).contains('.') ? T.Sources
                                                                 : T.Folders)
        .push_back(Where);
    for (const std::string &E : Excludes)
      T.Excluded.push_back(pathFrom(Where, E));
  }

  StringRef Manifest;
  ReadBytes Read;
  std::string Folder;
  std::set<std::string> Seen;
};

} // namespace

llvm::Expected<std::vector<Target>>
ringfence::xcode::xcodeGenTargets(StringRef Path, StringRef Bytes,
                                  ReadBytes Read) {
  Reader R(Path, Read);
  if (!R.read(Path, Bytes))
    return llvm::createStringError(std::errc::invalid_argument,
                                   "%s: is no manifest of XcodeGen",
                                   Path.str().c_str());
  return std::move(R.All);
}
