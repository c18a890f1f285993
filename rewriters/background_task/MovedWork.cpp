//===-- MovedWork.cpp - moved statements as a method ----------------------===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "rewriters/background_task/MovedWork.h"
#include "rewriters/background_task/OwnObject.h"
#include "rewriters/capture/Movable.h"
#include "rewriters/edit/Indentation.h"
#include "rewriters/edit/Style.h"
#include "llvm/ADT/STLExtras.h"

using namespace ringfence;
using llvm::StringRef;

/// A byte range of the host's file and what it becomes in the method.
using Rewrite = std::pair<Range, std::string>;

/// \p Text, a statement that computes a local again, in code indented by
/// \p Base: where it leaves the method, it tells first that there is nothing
/// to do.
static std::string telling(StringRef Text, StringRef Base, StringRef Unit) {
  if (!Text.consume_back("else { return }"))
    return Text.str();
  std::string Line = ("\n" + Base).str();
  return Text.str() + "else {" + Line + Unit.str() + "finished(true)" + Line +
         Unit.str() + "return" + Line + "}";
}

std::string ringfence::bodyInMethod(const Upkeep &U) {
  const SourceFile &Source = *U.H.In->Source;
  bool IsSwift = U.H.language() == Language::Swift;
  StringRef Bytes = Source.bytes();
  std::string Unit = styleOf(*U.H.In).Unit;
  std::string Done = IsSwift ? "finished(true)" : "finished(YES);";
  std::vector<Rewrite> Rewrites;
  auto Within = [&](Range R) {
    return llvm::any_of(
        U.Moved, [&](unsigned I) { return U.list()[I].Where.contains(R); });
  };
  if (U.End.K == Ending::Kind::Completes) {
    const std::string &Name = U.H.Completion;
    for (unsigned I : U.Moved) {
      const Step &S = U.list()[I];
      std::vector<Range> Calls;
      forEachCall(S, [&](const Call &C) {
        if (C.Name == Name && C.Receiver.empty()) {
          Rewrites.push_back(
              {C.Where, IsSwift ? "finished(true)" : "finished(YES)"});
          Calls.push_back(C.Where);
        }
        for (const Argument &A : C.Arguments)
          if (StringRef(A.V.Text).trim() == Name && Within(A.V.Where)) {
            Rewrites.push_back({A.V.Where, IsSwift ? "{ finished(true) }"
                                                   : "^{ finished(YES); }"});
            Calls.push_back(A.V.Where);
          }
      });
      for (const Word &W : words(Bytes, S.Where, Source.language()))
        if (W.Text == Name && !W.IsMember && !W.IsLabel &&
            !llvm::any_of(Calls, [&](Range R) { return R.contains(W.Where); }))
          Rewrites.push_back({W.Where, "finished"});
    }
  } else if (U.End.K == Ending::Kind::Closure) {
    const Closure &C = *U.End.C;
    StringRef Inner = Source.text(C.Body);
    if (Inner.contains('\n')) {
      // On a line of its own in front of the closing brace.
      std::uint32_t At =
          C.Body.Begin + static_cast<std::uint32_t>(Inner.rtrim().size());
      std::string Indent = Source.indentation(C.Where.End - 1).str() + Unit;
      Rewrites.push_back({{At, At}, "\n" + Indent + Done});
    } else {
      std::uint32_t At =
          C.Body.Begin + static_cast<std::uint32_t>(Inner.rtrim().size());
      bool Empty = Inner.trim().empty() || Inner.rtrim().ends_with(" in");
      Rewrites.push_back({{At, At},
                          (Empty || !IsSwift ? " " : "; ") + Done +
                              (Inner.empty() ? " " : "")});
    }
  } else if (U.End.K == Ending::Kind::Helper) {
    const Call &C = *U.End.HelperCall;
    Rewrites.push_back(
        {C.Where, C.Receiver.empty()
                      ? C.Name + "(finished: finished)"
                      : C.Receiver + "." + C.Name + "(finished: finished)"});
  }

  // A method's own object is there.
  if (IsSwift && selfIsOptional(U.Levels))
    for (unsigned I : U.Moved)
      for (const Word &W : words(Bytes, U.list()[I].Where, Language::Swift))
        if (W.Text == "self" && Bytes.substr(W.Where.End).starts_with("?.") &&
            !holdsWeakly(U.list()[I], W.Where.Begin))
          Rewrites.push_back({{W.Where.End, W.Where.End + 1}, ""});

  if (!U.values().empty())
    for (unsigned I : U.Moved)
      llvm::append_range(Rewrites, U.Need->changes(U.list()[I].Where));

  std::string Out;
  std::string Level = "\t";
  if (U.Suspends) {
    Out = "\tTask {\n";
    Level += '\t';
  }
  auto Add = [&](StringRef Text, StringRef From) {
    // Whole levels become tabs, so that the block is a template.
    std::string Block = reindented(Text, From, "");
    llvm::SmallVector<StringRef> Lines;
    StringRef(Block).split(Lines, '\n');
    for (StringRef Line : Lines) {
      Line = Line.rtrim('\r');
      if (Line.empty()) {
        Out += "\n";
        continue;
      }
      Out += Level;
      while (Line.consume_front(Unit))
        Out += '\t';
      Out += Line.str() + "\n";
    }
  };
  for (const Needs::Recomputed &P : U.Need->prelude()) {
    StringRef Base = Source.indentation(P.DeclaredBy->Where.Begin);
    Add(telling(P.Text, Base, Unit), Base);
  }
  for (unsigned I : U.Moved) {
    const Step &S = U.list()[I];
    std::vector<Rewrite> Own;
    for (Rewrite R : Rewrites)
      if (S.WithComments.contains(R.first)) {
        R.first.Begin -= S.WithComments.Begin;
        R.first.End -= S.WithComments.Begin;
        Own.push_back(std::move(R));
      }
    Add(replaced(Source.text(S.WithComments), std::move(Own)),
        Source.indentation(S.WithComments.Begin));
  }
  if (U.End.K == Ending::Kind::Unknown)
    Out += Level + "<#call " + (IsSwift ? "finished(true)" : "finished(YES)") +
           " once what this starts has ended#>\n";
  if (U.Suspends) {
    if (U.End.K == Ending::Kind::Returns)
      Out += Level + "finished(true)\n";
    Out += "\t}\n";
  }
  return Out;
}

std::string ringfence::asTheyStand(const Upkeep &U, StringRef Base) {
  const SourceFile &Source = *U.H.In->Source;
  std::string Unit = styleOf(*U.H.In).Unit;
  std::string Out;
  for (unsigned I : U.Moved) {
    const Step &S = U.list()[I];
    Out += reindented(Source.text(S.WithComments),
                      Source.indentation(S.WithComments.Begin),
                      Base.str() + Unit) +
           Source.lineEnding().str();
  }
  return Out;
}
