//===-- Catalogue.h - what an API does -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef RINGFENCE_MATCHERS_EFFECTS_CATALOGUE_H
#define RINGFENCE_MATCHERS_EFFECTS_CATALOGUE_H

#include "matchers/model/Call.h"
#include "matchers/model/SourceFile.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace ringfence {

/// What a call does to the world; the words of the JSON output.
enum class Effect {
  Log,
  Analytics,
  Network,
  Database,
  File,
  LocalNotification,
  Badge,
  Crypto,
  Keychain,
  Defaults,
  AudioSession,
  Signalling,
  UI,
  Location,
  PersonalData,
  BackgroundTime,
  AsyncHop,
  CallReport,
  CallUpdate,
  CallSetup,
  Completion,
  Pure,
  Unknown,
};

/// Where a piece of work belongs; the words of the JSON output.
enum class Destination {
  Report,
  AfterReport,
  NotificationService,
  BackgroundPush,
  BackgroundTask,
  Launch,
  Keep,
  Unknown,
};

llvm::StringRef nameOf(Effect E);
llvm::StringRef nameOf(Destination D);
std::optional<Effect> effectNamed(llvm::StringRef Name);
std::optional<Destination> destinationNamed(llvm::StringRef Name);

/// When the closures that a call takes run.
enum class Runs {
  Now,     ///< before the call returns
  Later,   ///< after it has returned
  Either,  ///< now if the registry's queue is main, else later
  Never,   ///< stored or ignored
  Unknown, ///< the call is not in the catalogue
};

/// One row of the catalogue: an API in both spellings and what is known of it.
///
/// Spellings. Swift: "Type.method(label:_:)", "Type(label:)" for an
/// initialiser, "function(_:)", "Type.property" for a read and
/// "Type.property = _" for a write, "Type.subscript(_:)". "[label:]" may be
/// left out, "..." stands for any further arguments, "Type.*" for any member.
/// Objective-C: "-[Class selector:]", "+[Class selector:]", "[Class *]", or the
/// name of a C function or macro, which Swift knows by the same name.
struct Api {
  std::string
      Swift; ///< "CXProvider.reportNewIncomingCall(with:update:completion:)"
  std::string
      ObjC; ///< "-[CXProvider reportNewIncomingCallWithUUID:…]", or a C name
  Effect E = Effect::Unknown;
  Destination D = Destination::Unknown;
  /// Calling it is the report that iOS asks for.
  bool Reports = false;
  /// Waits for something, or takes long.
  bool Blocks = false;
  /// Suspends or finishes later (async function, completion closure).
  bool IsAsync = false;
  /// Does not return (fatalError, abort).
  bool NoReturn = false;
  Runs ClosuresRun = Runs::Unknown;
  enum class InExtension { Yes, No, Unknown };
  InExtension Extension = InExtension::Unknown;
  /// Delegate methods (Swift base names and selectors) that the API calls
  /// before it returns: a report may stand in the project's implementation.
  std::vector<std::string> CallsBack;
  /// Found by name and labels alone, where nothing is known of the receiver.
  /// By default names of four words and more that no other type shares are.
  std::optional<bool> ByName;
  /// A word of the language ("await"), listed for readers of the catalogue:
  /// find() never returns it.
  bool Keyword = false;
  /// From the user's configuration.
  bool FromUser = false;
  std::string Note;
  std::string Source; ///< where the fact comes from
};

/// The APIs that ringfence knows, from the catalogue file built into it and
/// from the user's configuration.
class Catalogue {
public:
  /// The catalogue that ships with ringfence.
  static const Catalogue &builtin();
  /// The shipped rows and those of \p Yaml (the same form), which win.
  static llvm::Expected<Catalogue> withRows(llvm::StringRef Yaml,
                                            llvm::StringRef NameInErrors);
  ~Catalogue();
  Catalogue(Catalogue &&);

  /// The row that fits \p C best, or null. Receiver types decide where the
  /// reader knows them; else names, labels and what the receiver looks like.
  const Api *find(const Call &C, Language L) const;

  /// Rows whose spelling holds \p Text, case-insensitively.
  std::vector<const Api *> search(llvm::StringRef Text) const;
  const std::vector<Api> &rows() const;

private:
  struct Index;
  explicit Catalogue(std::unique_ptr<Index> I);
  std::unique_ptr<Index> I;
};

} // namespace ringfence

#endif
