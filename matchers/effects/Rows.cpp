//===-- Rows.cpp - the catalogue's file format -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "matchers/effects/Rows.h"
#include "matchers/effects/Spelling.h"
#include "llvm/Support/SourceMgr.h"
#include "llvm/Support/YAMLTraits.h"

using namespace ringfence;
using namespace ringfence::effects;
using llvm::StringRef;

namespace {

enum class Timing { Sync, Async, Blocks };

/// A row as it stands in the file.
struct Row {
  std::string Swift, ObjC;
  std::vector<std::string> Also; ///< further spellings of either language
  Effect E = Effect::Unknown;
  std::optional<Destination> D;
  Timing When = Timing::Sync;
  std::optional<Runs> Closures;
  Api Rest; ///< what needs no defaults

  std::string describe() const { return Swift.empty() ? ObjC : Swift; }
};

} // namespace

LLVM_YAML_IS_SEQUENCE_VECTOR(Row)
LLVM_YAML_IS_SEQUENCE_VECTOR(ReceiverRow)

namespace llvm::yaml {

template <> struct ScalarTraits<Effect> {
  static void output(const Effect &E, void *, raw_ostream &OS) {
    OS << nameOf(E);
  }
  static StringRef input(StringRef Text, void *, Effect &E) {
    std::optional<Effect> Found = effectNamed(Text);
    E = Found.value_or(Effect::Unknown);
    return Found ? StringRef() : StringRef("no such effect");
  }
  static QuotingType mustQuote(StringRef) { return QuotingType::None; }
};

template <> struct ScalarTraits<Destination> {
  static void output(const Destination &D, void *, raw_ostream &OS) {
    OS << nameOf(D);
  }
  static StringRef input(StringRef Text, void *, Destination &D) {
    std::optional<Destination> Found = destinationNamed(Text);
    D = Found.value_or(Destination::Unknown);
    return Found ? StringRef() : StringRef("no such destination");
  }
  static QuotingType mustQuote(StringRef) { return QuotingType::None; }
};

template <> struct ScalarEnumerationTraits<Timing> {
  static void enumeration(IO &In, Timing &T) {
    In.enumCase(T, "sync", Timing::Sync);
    In.enumCase(T, "async", Timing::Async);
    In.enumCase(T, "blocks", Timing::Blocks);
  }
};

template <> struct ScalarEnumerationTraits<Runs> {
  static void enumeration(IO &In, Runs &R) {
    In.enumCase(R, "now", Runs::Now);
    In.enumCase(R, "later", Runs::Later);
    In.enumCase(R, "either", Runs::Either);
    In.enumCase(R, "never", Runs::Never);
    In.enumCase(R, "unknown", Runs::Unknown);
  }
};

template <> struct ScalarEnumerationTraits<Api::InExtension> {
  static void enumeration(IO &In, Api::InExtension &E) {
    In.enumCase(E, "yes", Api::InExtension::Yes);
    In.enumCase(E, "no", Api::InExtension::No);
    In.enumCase(E, "unknown", Api::InExtension::Unknown);
  }
};

template <> struct MappingTraits<Row> {
  static void mapping(IO &In, Row &R) {
    In.mapOptional("swift", R.Swift);
    In.mapOptional("objc", R.ObjC);
    In.mapOptional("also", R.Also);
    In.mapRequired("effect", R.E);
    In.mapOptional("destination", R.D);
    In.mapOptional("timing", R.When);
    In.mapOptional("closures", R.Closures);
    In.mapOptional("reports", R.Rest.Reports);
    In.mapOptional("noreturn", R.Rest.NoReturn);
    In.mapOptional("extension", R.Rest.Extension);
    In.mapOptional("calls-back", R.Rest.CallsBack);
    In.mapOptional("by-name", R.Rest.ByName);
    In.mapOptional("keyword", R.Rest.Keyword);
    In.mapOptional("note", R.Rest.Note);
    In.mapOptional("source", R.Rest.Source);
  }
  static std::string validate(IO &, Row &R);
};

template <> struct MappingTraits<ReceiverRow> {
  static void mapping(IO &In, ReceiverRow &R) {
    In.mapRequired("type", R.Type);
    In.mapOptional("is", R.Is);
    In.mapOptional("named", R.Named);
  }
};

} // namespace llvm::yaml

/// Objective-C spellings are messages in brackets or bare C names.
static bool isObjC(StringRef Spelling) {
  return Spelling.starts_with("-[") || Spelling.starts_with("+[") ||
         Spelling.starts_with("[") ||
         Spelling.find_first_of("(.") == StringRef::npos;
}

std::string llvm::yaml::MappingTraits<Row>::validate(IO &, Row &R) {
  if (R.Swift.empty() && R.ObjC.empty())
    return "a row needs 'swift' or 'objc'";
  if (R.Rest.Keyword)
    return "";
  auto Problem = [](StringRef Text, bool ObjC) -> std::string {
    Expected<Spelling> S = ObjC ? parseObjC(Text) : parseSwift(Text);
    return S ? std::string() : toString(S.takeError());
  };
  if (!R.Swift.empty())
    if (std::string P = Problem(R.Swift, false); !P.empty())
      return P;
  if (!R.ObjC.empty())
    if (std::string P = Problem(R.ObjC, true); !P.empty())
      return P;
  for (const std::string &Text : R.Also)
    if (std::string P = Problem(Text, isObjC(Text)); !P.empty())
      return P;
  return "";
}

/// Where work of a kind belongs when its row does not say.
static Destination usualDestination(Effect E) {
  switch (E) {
  case Effect::CallReport:
    return Destination::Report;
  case Effect::Log:
  case Effect::Crypto:
  case Effect::PersonalData:
  case Effect::AsyncHop:
  case Effect::CallSetup:
  case Effect::Completion:
  case Effect::Pure:
    return Destination::Keep;
  case Effect::Analytics:
  case Effect::Keychain:
  case Effect::Defaults:
  case Effect::AudioSession:
  case Effect::Signalling:
  case Effect::UI:
  case Effect::BackgroundTime:
  case Effect::CallUpdate:
    return Destination::AfterReport;
  case Effect::Network:
  case Effect::Database:
  case Effect::File:
  case Effect::Location:
    return Destination::BackgroundTask;
  case Effect::LocalNotification:
  case Effect::Badge:
    return Destination::NotificationService;
  case Effect::Unknown:
    return Destination::Unknown;
  }
  return Destination::Unknown;
}

static void expand(const Row &R, std::vector<Api> &Out) {
  Api A = R.Rest;
  A.E = R.E;
  A.D = R.D.value_or(usualDestination(R.E));
  A.IsAsync = R.When == Timing::Async;
  A.Blocks = R.When == Timing::Blocks;
  A.ClosuresRun = R.Closures.value_or(A.IsAsync ? Runs::Later : Runs::Unknown);
  A.Swift = R.Swift;
  A.ObjC = R.ObjC;
  Out.push_back(A);
  for (const std::string &Text : R.Also) {
    A.Swift.clear();
    A.ObjC.clear();
    (isObjC(Text) ? A.ObjC : A.Swift) = Text;
    Out.push_back(A);
  }
}

/// Keeps the first diagnostic of a YAML input as an error's text.
namespace {
struct FirstDiagnostic {
  StringRef Name;
  std::string Message;
  static void handle(const llvm::SMDiagnostic &D, void *Context) {
    auto &Self = *static_cast<FirstDiagnostic *>(Context);
    if (!Self.Message.empty())
      return;
    llvm::raw_string_ostream OS(Self.Message);
    OS << Self.Name;
    if (D.getLineNo() > 0)
      OS << ':' << D.getLineNo() << ':' << D.getColumnNo() + 1;
    OS << ": " << D.getMessage();
  }
};
} // namespace

template <typename T>
static llvm::Expected<std::vector<T>> readSequence(RowText Text) {
  FirstDiagnostic First{Text.Name, {}};
  llvm::yaml::Input In(Text.Yaml, nullptr, FirstDiagnostic::handle, &First);
  std::vector<T> Rows;
  In >> Rows;
  if (In.error() || !First.Message.empty())
    return llvm::createStringError(
        First.Message.empty() ? (Text.Name + ": not readable as YAML").str()
                              : First.Message);
  return Rows;
}

llvm::Expected<std::vector<Api>> effects::parseRows(RowText Text) {
  llvm::Expected<std::vector<Row>> Rows = readSequence<Row>(Text);
  if (!Rows)
    return Rows.takeError();
  std::vector<Api> Apis;
  for (const Row &R : *Rows)
    expand(R, Apis);
  return Apis;
}

llvm::Expected<std::vector<ReceiverRow>> effects::parseReceivers(RowText Text) {
  return readSequence<ReceiverRow>(Text);
}

std::vector<std::string> effects::linesOf(StringRef Text) {
  llvm::SmallVector<StringRef, 8> Lines;
  Text.split(Lines, '\n', -1, /*KeepEmpty=*/false);
  return {Lines.begin(), Lines.end()};
}

Api PackedRow::unpacked() const {
  Api A;
  A.Swift = Swift;
  A.ObjC = ObjC;
  A.E = E;
  A.D = D;
  A.ClosuresRun = ClosuresRun;
  A.Extension = Extension;
  A.Reports = Reports;
  A.Blocks = Blocks;
  A.IsAsync = IsAsync;
  A.NoReturn = NoReturn;
  A.Keyword = Keyword;
  if (ByName >= 0)
    A.ByName = ByName != 0;
  A.CallsBack = linesOf(CallsBack);
  A.Note = Note;
  A.Source = Source;
  return A;
}
