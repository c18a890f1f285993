//===-- Resolver.h - which function a call runs -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef RINGFENCE_TOOL_PIPELINE_RESOLVER_H
#define RINGFENCE_TOOL_PIPELINE_RESOLVER_H

#include "matchers/model/FunctionSource.h"
#include "tool/pipeline/NameIndex.h"
#include "tool/pipeline/Receivers.h"
#include "tool/pipeline/SourceStore.h"
#include "llvm/ADT/StringMap.h"
#include <deque>
#include <map>
#include <optional>
#include <tuple>
#include <vector>

namespace ringfence {

/// Finds the project's functions for the analysis, in both languages: the name
/// index says which files may define one, the readers lower those, and what
/// the model says decides.
class Resolver final : public FunctionSource, private TypeFacts {
public:
  Resolver(SourceStore &Store, NameIndex &Names) : Store(Store), Names(Names) {}

  std::vector<FunctionRef> callees(const Call &C, FunctionRef Caller) override;
  std::vector<FunctionRef> members(llvm::StringRef Type,
                                   llvm::StringRef Member) override;
  std::vector<TypeRef> types(llvm::StringRef Name) override;
  std::vector<FunctionRef> named(llvm::StringRef Name) override;
  std::vector<FunctionRef> stored(const Call &C, FunctionRef Caller) override;
  std::vector<FunctionRef> observers(llvm::StringRef Name) override;

  /// Files that were left out of looking helpers up, each once.
  std::vector<Problem> Problems;

private:
  std::vector<FunctionRef> find(const Call &C, FunctionRef Caller);
  std::vector<FunctionRef> methods(llvm::StringRef Type, const Call &C,
                                   FunctionRef Caller);
  std::vector<FunctionRef> accessors(llvm::StringRef Type, const Call &C,
                                     FunctionRef Caller);
  std::vector<FunctionRef> anywhere(const Call &C, FunctionRef Caller);
  std::string receiverType(const Call &C, FunctionRef Caller);

  /// Type \p Type, its superclasses and protocols, nearest first.
  std::vector<std::string> lineage(llvm::StringRef Type);
  /// Base names and first selector pieces that definitions of what \p C calls
  /// may have.
  std::vector<std::string> definedAs(const Call &C, Language L);
  /// The file for looking helpers up: generated and huge ones are left out.
  const File *helperFile(llvm::StringRef Path);
  std::vector<const File *> helperFiles(const std::vector<std::string> &Paths);
  /// The same for what the file declares: its functions may have no steps.
  const File *declarations(llvm::StringRef Path);
  std::vector<const File *> declarations(const std::vector<std::string> &Paths);
  /// \p Found among declarations, in files that were read as a whole.
  std::vector<FunctionRef> whole(const std::vector<FunctionRef> &Found);
  /// Whether \p Path is of those where helpers are looked for.
  bool isSearched(llvm::StringRef Path);
  std::vector<FunctionRef> declared(llvm::StringRef Type,
                                    llvm::StringRef Member);
  /// Those of \p Paths whose text holds \p Word: the others need no reading.
  std::vector<std::string> holding(std::vector<std::string> Paths,
                                   llvm::StringRef Word);

  bool knowsType(llvm::StringRef Name) override;
  std::string propertyType(llvm::StringRef Owner,
                           llvm::StringRef Property) override;
  std::string returnType(llvm::StringRef Owner,
                         llvm::StringRef Function) override;

  /// \p C, a closure of \p Home, as a function of its own.
  FunctionRef asFunction(const Closure &C, FunctionRef Home);

  SourceStore &Store;
  NameIndex &Names;
  std::deque<Function> Closures; ///< made by asFunction
  std::map<const Closure *, FunctionRef> FunctionOf;
  /// By type and property.
  std::map<std::pair<std::string, std::string>, std::vector<FunctionRef>> Kept;
  /// Files that add observers to anything, once they were asked for.
  std::optional<std::vector<std::string>> Observing;
  std::map<std::string, std::vector<FunctionRef>> Observers;
  llvm::StringMap<bool> Searched; ///< by path, once it was asked for
  /// Answers given before, by caller, place and name (a name alone would not
  /// do: what macros expand to shares its place).
  std::map<
      std::tuple<const Function *, std::uint32_t, std::uint32_t, std::string>,
      std::vector<FunctionRef>>
      Known;
};

} // namespace ringfence

#endif
