//===-- Needs.h - what statements need to run elsewhere -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef RINGFENCE_REWRITERS_CAPTURE_NEEDS_H
#define RINGFENCE_REWRITERS_CAPTURE_NEEDS_H

#include "rewriters/Propose.h"
#include "rewriters/capture/Scope.h"
#include "rewriters/capture/Words.h"
#include <memory>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace ringfence {

/// The function that statements are taken from, with the roles of its names.
struct Host {
  const File *In = nullptr;
  const Function *Fn = nullptr;
  std::string Payload;    ///< parameter with the PKPushPayload, or ""
  std::string Dictionary; ///< parameter with its dictionary, or ""
  std::string Completion; ///< the push's completion handler, or ""
  /// Of a helper: the function that calls it, where both are written in one
  /// language, and the call.
  std::shared_ptr<const Host> Caller = nullptr;
  std::vector<Level> CallLevels = {}; ///< to the statement that calls it
  /// What the caller hands over by the name of the parameter.
  std::vector<std::pair<std::string, Range>> Arguments = {};
  Language language() const { return In->Source->language(); }
};

/// A member of the host's type, or a variable of its file, that the statements
/// use and that can be copied.
struct CopiedMember {
  enum class Kind {
    Stored,   ///< declared anew from Type and Initializer
    Computed, ///< a computed property; Where is its text
    Method,   ///< Where is its text
    Macro,    ///< Objective-C: of the file; Initializer is what it stands for
  };
  Kind K = Kind::Stored;
  std::string Name;
  std::string Type; ///< "" when inferred
  std::string Initializer;
  const File *In = nullptr;
  Range Where;
  bool IsOfFile = false; ///< a variable of the file, not of the type
};

/// Where statements are to run.
enum class NewPlace {
  Extension, ///< another process, without the host's object
  SameType,  ///< another method of the host's object, at another time
};

/// Finds out what statements need that are to run outside of the function that
/// they stand in.
class Needs {
public:
  /// \p Levels leads to the statements; names are those visible there.
  Needs(const ProposeInput &In, const Host &H, const std::vector<Level> &Levels,
        NewPlace Place = NewPlace::Extension);

  /// The new place decrypts and decodes the push itself: locals that come from
  /// that are computed again there.
  void mayDecode() { Decodes = true; }
  /// Names that the new place provides under the same name.
  void provide(llvm::StringRef Name) { Provided.insert(Name.str()); }
  /// As provide, for the parameter of a closure that the new place has, too.
  void provideParameter(llvm::StringRef Name) {
    ProvidedParameters.insert(Name.str());
  }
  /// Takes in a condition, \p Question about \p Subject or on its own, that the
  /// new place asks as a whole: what it binds is there from then on.
  void addCondition(Range Subject, Range Question,
                    const std::vector<const Declaration *> &Binds);
  /// Whether such a name was used.
  bool usesProvided(llvm::StringRef Name) const {
    return UsedProvided.count(Name.str()) != 0;
  }
  /// What is taken in from now on runs in the new place, and is not run again
  /// by the host at the same time.
  void runAlone() { RunsAlone = true; }
  /// What is awaited in \p R may be awaited in the new place.
  void allowAwaiting(Range R) { Awaiting.push_back(R); }
  /// Takes in a statement that moves as a whole.
  void addStep(const Step &S);
  /// Takes in an expression of the host's function.
  void addExpression(Range R);

  /// Why \p L cannot be computed a second time, or "" if it can.
  std::string whyNotTwice(const Local &L) const;

  /// Lets the new place call the payload's dictionary \p Name where the
  /// statements give it none.
  void nameDictionary(llvm::StringRef Name) { Unnamed = Name.str(); }
  /// The name under which the new place gets the payload's dictionary: the
  /// local's that the host keeps it in, or "userInfo".
  std::string dictionaryName() const;
  /// The host's expression for the dictionary, usable at the statements.
  std::string dictionaryInHost() const;

  /// Whether \p Text, usable at the statements, is the payload's dictionary.
  bool isDictionaryExpression(llvm::StringRef Text) const;

  /// Whether \p Name, usable at the statements, is another name of the host's
  /// object: "strongSelf".
  bool isObject(llvm::StringRef Name) const;

  /// What of \p R reads differently in the new place: byte ranges of the
  /// host's file, in order.
  std::vector<std::pair<Range, std::string>> changes(Range R) const;
  /// The bytes of \p R as they read in the new place.
  std::string text(Range R) const;

  struct Recomputed {
    const Step *DeclaredBy = nullptr;
    std::string Text; ///< one statement, as it reads in the new place
  };
  /// Statements that compute outer locals again, in source order. One whose
  /// value is missing leaves the new place by \p Leave.
  std::vector<Recomputed> prelude(llvm::StringRef Leave = "return") const;
  const std::vector<CopiedMember> &members() const { return Members; }
  /// Project files that the new place has to be compiled with, sorted.
  const std::set<std::string> &sources() const { return Sources; }
  /// Project types that are used, sorted.
  const std::set<std::string> &projectTypes() const { return ProjectTypes; }
  /// Every name that is used and was not found in the project, sorted.
  const std::set<std::string> &outsideNames() const { return Outside; }
  /// What cannot be resolved, as clauses: "'store' has no initial value".
  const std::vector<std::string> &blockers() const { return Blockers; }
  /// UserDefaults.standard was met: it is another store in an extension.
  bool usesStandardDefaults() const { return UsesDefaults; }

  /// What the arguments of the host's call need where it is called; null if
  /// none is used.
  const Needs *outer() const { return Outer.get(); }
  /// Statements that give the parameters in use what the caller hands over, in
  /// the order of the parameters. They go behind those of outer().
  std::vector<std::string> parameters() const;
  /// As provide, for what the function that calls the host declares.
  void provideOfCaller(llvm::StringRef Name);
  /// Takes in an expression of the function that calls the host.
  void addOfCaller(Range R);
  /// Takes in a condition of the function that calls the host, or that is
  /// \p Further calls away.
  void addConditionOfCaller(unsigned Further, Range Subject, Range Question,
                            const std::vector<const Declaration *> &Binds);
  bool usesArguments() const { return !UsedArguments.empty(); }
  bool usesArgument(llvm::StringRef Parameter) const {
    return UsedArguments.count(Parameter.str()) != 0;
  }

  /// The statements, or locals computed again for them, read the payload.
  bool usesDictionary() const { return UsesDictionary; }
  /// The statements call the push's completion handler, or hand it on.
  bool usesCompletion() const { return UsesCompletion; }

private:
  /// What is scanned for names.
  struct Region {
    const File &F;
    Range R;
    const std::set<std::string> &Inside; ///< names that it declares itself
    bool InHost;    ///< the host's locals are visible there
    unsigned Depth; ///< of project methods copied on the way to it
  };

  void scan(const Region &R);
  bool scanSelf(const Region &R, const std::vector<Word> &All, std::size_t I);
  void scanName(const Region &R, const std::vector<Word> &All, std::size_t I);
  void scanCalls(const Step &S, unsigned Depth);
  void useLocal(const Local &L);
  bool useArgument(llvm::StringRef Parameter);
  void makeOuter();
  void takeOuter();
  void scanCallsIn(const Step &S, Range R);
  const Parameter *parameter(llvm::StringRef Name) const;
  bool isHandedOnAsItIs(llvm::StringRef Parameter, Range R) const;
  bool useMember(llvm::StringRef Name, unsigned Depth);
  void useProperty(const File &F, const Property &P, unsigned Depth,
                   bool IsOfFile = false);
  bool useMacro(const Region &R, llvm::StringRef Name);
  void useMethod(FunctionRef R, unsigned Depth);
  void useType(llvm::StringRef Name, const File &From);
  void useExtensionMember(llvm::StringRef Name);
  void addSource(const File &F);
  llvm::StringRef privateData(const File &F) const;
  void block(std::string Why);
  bool isDictionary(const Local &L) const;
  const Local *local(llvm::StringRef Name) const;
  bool onlyReads(const Call &C, FunctionRef From, unsigned Depth) const;

  const ProposeInput &In;
  const Host H; ///< a copy: what is found out may outlive the caller's
  NewPlace Place;
  std::vector<Local> Locals;
  const Local *Within = nullptr;  ///< later ones are not visible there
  std::set<std::string> Provided; ///< by the new place
  std::set<std::string> ProvidedParameters, UsedProvided;
  std::vector<Range> Awaiting;
  std::set<std::string> Declared;   ///< by the statements taken in
  std::vector<const Local *> Again; ///< computed in the new place too
  const Local *Alias = nullptr;     ///< that holds the dictionary, if used
  std::string Unnamed = "userInfo"; ///< the dictionary's name without Alias
  std::set<std::string> SeenMembers;
  std::vector<CopiedMember> Members;
  std::set<std::string> Sources, ProjectTypes, Outside;
  std::vector<std::string> Blockers;
  std::unique_ptr<Needs> Outer;
  std::set<std::string> UsedArguments;
  std::string CalledDictionary; ///< what the host's callee calls it, if known
  bool Decodes = false;
  bool RunsAlone = false;
  bool UsesDefaults = false;
  bool UsesCompletion = false;
  bool UsesDictionary = false;
};

} // namespace ringfence

#endif
