//===-- Sarif.cpp - findings as SARIF 2.1.0 -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tool/output/Sarif.h"
#include "tool/pipeline/Fingerprint.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/Compression.h"
#include <map>
#include <memory>
#include <set>

using namespace ringfence;
using llvm::StringRef;

namespace {

/// A finding with what the file says about it beside the finding itself.
struct Result {
  const Finding *F;
  const Suppressed *Hidden; ///< null for a finding that is reported
  StringRef Fingerprint;
  unsigned Index; ///< among the findings that are reported
};

class Printer {
public:
  Printer(llvm::raw_ostream &OS, const Report &R, const SarifLimits &Limits)
      : J(OS, /*IndentSize=*/1), R(R), Limits(Limits), Ids(fingerprints(R.A)) {
    unsigned I = 0;
    for (const Finding &F : R.A.Findings) {
      Results.push_back({&F, nullptr, Ids[I], I});
      ++I;
    }
    for (const Suppressed &H : R.A.Hidden)
      if (H.K != Suppressed::Kind::Untouched)
        Results.push_back({&H.F, &H, Ids[I++], 0});
      else
        ++I;
    dropExcess();
  }

  std::size_t leftOut() const { return LeftOut; }

  void print() {
    J.object([&] {
      J.attribute("$schema", "https://json.schemastore.org/sarif-2.1.0.json");
      J.attribute("version", "2.1.0");
      J.attributeArray("runs", [&] { J.object([&] { run(); }); });
    });
    J.flush();
  }

private:
  /// The least severe of the last ones go first.
  void dropExcess() {
    while (Results.size() > Limits.Results) {
      auto Worst = std::max_element(
          Results.rbegin(), Results.rend(),
          [](const Result &A, const Result &B) { return A.F->S < B.F->S; });
      Results.erase(std::next(Worst).base());
      ++LeftOut;
    }
  }

  void run() {
    J.attributeObject("tool", [&] {
      J.attributeObject("driver", [&] {
        J.attribute("name", "ringfence");
        J.attribute("version", R.Version);
        J.attribute("semanticVersion", R.Version);
        for (std::string &Id : writeSarifRules(J, Limits))
          Rules.push_back(std::move(Id));
      });
    });
    J.attribute("columnKind", "utf16CodeUnits");
    J.attributeObject("originalUriBaseIds", [&] {
      J.attributeObject("SRCROOT", [&] {
        message("description", "The folder that ringfence ran in.");
      });
    });
    J.attributeArray("invocations", [&] { J.object([&] { invocation(); }); });
    artifacts();
    J.attributeArray("results", [&] {
      for (const Result &Res : Results)
        J.object([&] { result(Res); });
    });
  }

  void invocation() {
    bool Complete =
        llvm::none_of(R.A.Problems, [](const Problem &P) { return P.Fatal; });
    J.attribute("executionSuccessful", Complete);
    J.attributeArray("toolExecutionNotifications", [&] {
      if (LeftOut)
        J.object([&] {
          J.attribute("level", "warning");
          message("message", std::to_string(LeftOut) +
                                 " of the least severe findings are left out: "
                                 "a run holds at most " +
                                 std::to_string(Limits.Results) + ".");
        });
      for (const Problem &P : R.A.Problems)
        J.object([&] {
          J.attribute("level", P.Fatal ? "error" : "note");
          message("message", P.Message);
          if (P.File.empty())
            return;
          J.attributeArray("locations", [&] {
            J.object([&] {
              J.attributeObject("physicalLocation", [&] {
                artifact(P.File);
                if (P.Line)
                  J.attributeObject("region",
                                    [&] { J.attribute("startLine", P.Line); });
              });
            });
          });
        });
    });
  }

  void artifacts() {
    std::set<StringRef> Paths;
    auto Add = [&](const Place &P) {
      if (P.In)
        Paths.insert(P.In->Source->path());
    };
    for (const Result &Res : Results) {
      Add(Res.F->At);
      for (const PathNote &N : Res.F->Notes)
        Add(N.At);
    }
    J.attributeArray("artifacts", [&] {
      for (StringRef P : Paths)
        J.object([&] {
          J.attributeObject("location", [&] { uri(P); });
          J.attribute("sourceLanguage",
                      languageOf(P) == Language::Swift    ? "swift"
                      : languageOf(P) == Language::ObjCXX ? "objectivecplusplus"
                                                          : "objectivec");
        });
    });
  }

  void result(const Result &Res) {
    const Finding &F = *Res.F;
    J.attribute("ruleId", F.Check);
    if (auto At = llvm::find(Rules, F.Check); At != Rules.end())
      J.attribute("ruleIndex", At - Rules.begin());
    J.attribute("level", nameOf(F.S));
    message("message",
            F.Message + "." + (F.Advice.empty() ? "" : "\n" + F.Advice));
    if (F.At)
      J.attributeArray("locations", [&] {
        J.object([&] {
          physical(F.At);
          logical(F);
        });
      });
    J.attributeObject("partialFingerprints",
                      [&] { J.attribute("ringfence/v1", Res.Fingerprint); });
    codeFlow(F);
    if (Res.Hidden)
      suppressions(*Res.Hidden);
    else
      fixes(Res.Index);
    if (R.A.HasBaseline)
      J.attribute("baselineState",
                  Res.Hidden && Res.Hidden->K == Suppressed::Kind::Baseline
                      ? "unchanged"
                      : "new");
  }

  void logical(const Finding &F) {
    if (F.HandlerIndex < 0)
      return;
    const JudgedHandler &H =
        R.A.Handlers[static_cast<unsigned>(F.HandlerIndex)];
    J.attributeArray("logicalLocations", [&] {
      J.object([&] {
        J.attribute("fullyQualifiedName", validUtf8(H.function().Symbol));
        J.attribute("kind", "function");
      });
    });
  }

  /// The path that leads to the finding, and the finding at its end.
  void codeFlow(const Finding &F) {
    llvm::SmallVector<const PathNote *, 8> Steps;
    for (const PathNote &N : F.Notes)
      if (N.At && Steps.size() + 1 < Limits.FlowLocations)
        Steps.push_back(&N);
    if (Steps.empty() || !F.At)
      return;
    J.attributeArray("codeFlows", [&] {
      J.object([&] {
        J.attributeArray("threadFlows", [&] {
          J.object([&] {
            J.attributeArray("locations", [&] {
              for (const PathNote *N : Steps)
                flowLocation(N->At, N->Message);
              flowLocation(F.At, F.Message);
            });
          });
        });
      });
    });
  }

  void flowLocation(const Place &P, StringRef Message) {
    J.object([&] {
      J.attributeObject("location", [&] {
        physical(P);
        message("message", Message);
      });
    });
  }

  void suppressions(const Suppressed &H) {
    J.attributeArray("suppressions", [&] {
      J.object([&] {
        J.attribute("kind", H.K == Suppressed::Kind::Baseline ? "external"
                                                              : "inSource");
        J.attribute("justification", validUtf8(H.By));
      });
    });
  }

  void fixes(unsigned Index) {
    llvm::SmallVector<const FixSet *, 2> Whole;
    const FixSet *First = nullptr;
    for (const FixSet &S : R.Sets)
      if (llvm::is_contained(S.Findings, Index)) {
        First = First ? First : &S;
        if (S.NewFiles.empty())
          Whole.push_back(&S);
      }
    if (!Whole.empty())
      J.attributeArray("fixes", [&] {
        for (const FixSet *S : Whole)
          J.object([&] { fix(*S); });
      });
    if (First)
      J.attributeObject("properties", [&] {
        J.attribute("fixCommand", validUtf8(fixCommand(R, *First)));
        J.attribute("applicability", nameOf(First->A));
      });
  }

  void fix(const FixSet &S) {
    message("description", S.Title + " (" + nameOf(S.A).str() + ")");
    std::map<StringRef, std::vector<const Edit *>> Files;
    for (const Edit &E : S.Edits)
      Files[E.File].push_back(&E);
    J.attributeArray("artifactChanges", [&] {
      for (const auto &[Path, Edits] : Files)
        J.object([&, Path = Path, &Edits = Edits] {
          artifact(Path);
          const SourceFile &Source = edited(Path);
          J.attributeArray("replacements", [&] {
            for (const Edit *E : Edits)
              J.object([&] {
                J.attributeObject("deletedRegion", [&] {
                  region(Source, {E->Offset, E->Offset + E->Length});
                });
                message("insertedContent", E->Text);
              });
          });
        });
    });
  }

  /// A file that a fix edits, which may be a property list.
  const SourceFile &edited(StringRef Path) {
    auto [At, IsNew] = Edited.try_emplace(Path.str());
    if (IsNew)
      At->second = std::make_unique<SourceFile>(
          Path.str(), bytesOf(R.A, Path).value_or(""));
    return *At->second;
  }

  void region(const SourceFile &Source, Range Where) {
    J.attribute("startLine", Source.line(Where.Begin));
    J.attribute("startColumn", utf16Column(Source, Where.Begin));
    J.attribute("endLine", Source.line(Where.End));
    J.attribute("endColumn", utf16Column(Source, Where.End));
  }

  void physical(const Place &P) {
    const SourceFile &Source = *P.In->Source;
    J.attributeObject("physicalLocation", [&] {
      artifact(Source.path());
      J.attributeObject("region", [&] {
        region(Source, P.Where);
        J.attributeObject("snippet", [&] {
          J.attribute("text", validUtf8(Source.text(P.Where)));
        });
      });
    });
  }

  void artifact(StringRef Path) {
    J.attributeObject("artifactLocation", [&] { uri(Path); });
  }
  void uri(StringRef Path) {
    J.attribute("uri", uriOf(Path));
    J.attribute("uriBaseId", "SRCROOT");
  }
  void message(StringRef Key, StringRef Text) {
    J.attributeObject(Key, [&] { J.attribute("text", validUtf8(Text)); });
  }

  llvm::json::OStream J;
  const Report &R;
  const SarifLimits &Limits;
  std::vector<std::string> Ids;
  std::vector<std::string> Rules;
  std::vector<Result> Results;
  std::map<std::string, std::unique_ptr<SourceFile>> Edited;
  std::size_t LeftOut = 0;
};

} // namespace

std::string ringfence::printSarif(llvm::raw_ostream &OS, const Report &R,
                                  const SarifLimits &Limits) {
  std::string Text;
  llvm::raw_string_ostream Into(Text);
  Printer P(Into, R, Limits);
  P.print();
  Into << '\n';
  OS << Text;

  std::string Said;
  llvm::raw_string_ostream Say(Said);
  if (P.leftOut())
    Say << P.leftOut() << " findings left out: GitHub rejects more than "
        << Limits.Results << " results\n";
  if (R.A.Findings.size() > Limits.ResultsShown)
    Say << "GitHub shows the worst " << Limits.ResultsShown << " of "
        << R.A.Findings.size() << " findings\n";
  if (Text.size() > Limits.GzipBytes &&
      llvm::compression::zlib::isAvailable()) {
    llvm::SmallVector<std::uint8_t, 0> Small;
    llvm::compression::zlib::compress(llvm::arrayRefFromStringRef(Text), Small);
    if (Small.size() > Limits.GzipBytes)
      Say << "GitHub rejects this file: compressed, it has " << Small.size()
          << " bytes of " << Limits.GzipBytes
          << "; name parts of the tree, or leave checks out\n";
  }
  return Said;
}
