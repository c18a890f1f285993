//===-- ModernHandler.cpp - the delegate method with a completion handler -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "rewriters/pushkit/ModernHandler.h"
#include "rewriters/capture/Scope.h"
#include "rewriters/capture/Words.h"
#include "rewriters/edit/Builders.h"
#include "rewriters/pushkit/CompletionCalls.h"
#include "llvm/ADT/STLExtras.h"

using namespace ringfence;

static constexpr llvm::StringRef Selector =
    "pushRegistry:didReceiveIncomingPushWithPayload:forType:";

static bool isSwift(const File &F) {
  return F.Source->language() == Language::Swift;
}

/// A name for the parameter that means nothing else in the method.
static std::string freeName(const JudgedHandler &H) {
  static constexpr llvm::StringRef Names[] = {"completion", "completionHandler",
                                              "pushCompletion"};
  std::vector<Word> All =
      words(H.In->Source->bytes(), H.function().Body, H.In->Source->language());
  for (llvm::StringRef Name : Names)
    if (llvm::none_of(
            All, [&](const Word &W) { return W.Text == Name && !W.IsLabel; }))
      return Name.str();
  return "";
}

/// Writes the parameter behind the last one: on a line of its own if that has
/// one, in Objective-C with the colons below each other.
static bool addParameter(const JudgedHandler &H, llvm::StringRef Name,
                         Builder &B) {
  const SourceFile &Source = *H.In->Source;
  const Range Head = H.function().Head;
  llvm::StringRef Text = Source.text(Head);
  size_t NameAt = Text.find("pushRegistry");
  if (NameAt == llvm::StringRef::npos)
    return false;
  std::uint32_t End = 0; // behind the last parameter
  size_t Last = Text.rfind(isSwift(*H.In) ? "forType " : "forType");
  if (isSwift(*H.In)) {
    // The name of Swift 3's first SDK goes with the form.
    if (Last != llvm::StringRef::npos)
      B.replace({Head.Begin + static_cast<std::uint32_t>(Last),
                 Head.Begin + static_cast<std::uint32_t>(Last + 7)},
                "for");
    else
      Last = Text.rfind("for ");
  }
  if (Last == llvm::StringRef::npos || Last < NameAt)
    return false;
  if (isSwift(*H.In)) {
    int Depth = 0;
    for (size_t I = Text.find('(', NameAt); I < Text.size(); ++I) {
      Depth += Text[I] == '(' ? 1 : Text[I] == ')' ? -1 : 0;
      if (Depth == 0) {
        End = static_cast<std::uint32_t>(
            Head.Begin + Text.substr(0, I).rtrim(" \t\r\n").size());
        break;
      }
    }
  } else {
    End =
        static_cast<std::uint32_t>(Head.Begin + Text.rtrim(" \t\r\n{").size());
  }
  if (End == 0)
    return false;

  const std::uint32_t At = Head.Begin + static_cast<std::uint32_t>(Last);
  const std::uint32_t Line = Source.lineBegin(Source.line(At));
  const bool OwnLine = Source.text({Line, At}).trim(" \t").empty();
  const std::string Break = B.style().LineEnding;
  if (isSwift(*H.In)) {
    std::string Added = (Name == "completion" ? "" : "completion ") +
                        Name.str() + ": @escaping () -> Void";
    // One parameter a line, or as many as fit.
    constexpr size_t Longest = 120;
    size_t Row = Source.text({Line, Head.End}).size() + Added.size() + 3;
    bool Below =
        OwnLine && (Text.slice(NameAt, Last).count('\n') > 1 || Row > Longest);
    B.insert(End, Below ? "," + Break + Source.text({Line, At}).str() + Added
                        : ", " + Added);
    // The name that Objective-C sees is part of the form, too.
    if (size_t Old = Text.find(Selector); Old != llvm::StringRef::npos)
      B.insert(Head.Begin + static_cast<std::uint32_t>(Old + Selector.size()),
               "withCompletionHandler:");
    return true;
  }
  static constexpr llvm::StringRef Piece = "withCompletionHandler";
  std::string Added = (Piece + ":(void (^)(void))" + Name).str();
  if (!OwnLine) {
    B.insert(End, " " + Added);
    return true;
  }
  size_t Colon = Source.text({Line, End}).find(':');
  size_t Indent = Source.text({Line, At}).size();
  if (Colon != llvm::StringRef::npos && Colon >= Piece.size() &&
      !Source.text({Line, At}).contains('\t'))
    Indent = Colon - Piece.size();
  std::string Blank = Source.text({Line, At}).contains('\t')
                          ? Source.text({Line, At}).str()
                          : std::string(Indent, ' ');
  B.insert(End, Break + Blank + Added);
  return true;
}

static bool callsLegacyForm(const Call &C, const File &In) {
  if (!isSwift(In))
    return C.Name == Selector;
  return C.Name == "pushRegistry" && C.Arguments.size() == 3 &&
         C.Arguments[1].Label == "didReceiveIncomingPushWith" &&
         C.Arguments[2].Label == "for";
}

/// Calls of \p H's method elsewhere in the project hand over a completion that
/// does nothing. Their number, or none if one cannot be changed.
static std::optional<unsigned>
adaptCallers(const ProposeInput &In, const JudgedHandler &H, Builders &Files) {
  unsigned Adapted = 0;
  std::vector<std::string> Paths = In.Project.filesWith("didReceiveIncoming");
  llvm::sort(Paths);
  for (const std::string &Path : Paths) {
    const File *F = In.Project.file(Path);
    if (!F)
      continue;
    for (const Function &Caller : F->Functions)
      for (const Step &S : Caller.Steps) {
        bool Sound = true;
        forEachStep(S, [&](const Step &Inner) {
          for (const Call &C : Inner.Calls) {
            if (!callsLegacyForm(C, *F) ||
                !llvm::is_contained(In.Functions.callees(C, {F, &Caller}),
                                    FunctionRef{H.In, &H.function()}))
              continue;
            Sound &= !Inner.InMacro && C.Where.size() > 1;
            if (Sound)
              Files.of(*F).insert(C.Where.End - 1,
                                  isSwift(*F) ? ", completion: {}"
                                              : " withCompletionHandler:^{}");
            ++Adapted;
          }
        });
        if (!Sound)
          return std::nullopt;
      }
  }
  return Adapted;
}

/// Another declaration of the method, in a header or a protocol, that the
/// definition would no longer fit.
static bool isDeclaredElsewhere(const ProposeInput &In,
                                const JudgedHandler &H) {
  for (FunctionRef R : In.Functions.named(H.function().Name))
    if (R.Fn != &H.function() && R.Fn->Owner == H.function().Owner &&
        R.Fn->Body.empty())
      return true;
  return false;
}

std::optional<FixSet> ringfence::modernHandler(const FixRequest &Request) {
  const JudgedHandler &H = Request.handler();
  if (H.IsDead) {
    Request.advise("take this method away once the app needs iOS 11 or later: "
                   "from there on the other form alone is called");
    return std::nullopt;
  }
  if (Request.isToLeave()) {
    Request.advise("the app reports no calls: this handler goes in the step "
                   "'clean-up', whatever its form");
    return std::nullopt;
  }
  if (Request.comesAfter("ringfence-late-report")) {
    Request.advise("report the call in time first");
    return std::nullopt;
  }
  const std::string &Target = Request.In.Options.DeploymentTarget;
  unsigned Major = 0;
  if (!llvm::StringRef(Target).consumeInteger(10, Major) && Major < 11 &&
      Major > 0) {
    Request.advise("iOS 10 knows this form only, and the app still runs there");
    return std::nullopt;
  }
  if (isSwift(*H.In) &&
      H.In->Source->text(H.function().Head).contains("WithPayload ")) {
    Request.advise("it has the name of Swift 2: bring the file to Swift 5 "
                   "first");
    return std::nullopt;
  }
  std::string Name = freeName(H);
  if (Name.empty() || isDeclaredElsewhere(Request.In, H)) {
    Request.advise("the method is declared a second time, or uses the names "
                   "that its completion handler could have");
    return std::nullopt;
  }

  Builders Files;
  Builder &B = Files.of(*H.In);
  EveryWay Calls(completionCalls(*H.In, H.function(), Name), Request.In.Apis,
                 B);
  std::optional<unsigned> Callers;
  if (!addParameter(H, Name, B) || !Calls.write(H.function()) ||
      !(Callers = adaptCallers(Request.In, H, Files))) {
    Request.advise(Calls.whyNot().empty() ? "its head, or a call of it, comes "
                                            "from a macro"
                                          : Calls.whyNot());
    return std::nullopt;
  }

  FixSet Set;
  Set.Title = "Give " + H.function().Symbol + " its completion handler";
  Set.Why = "iOS 11 deprecated the form without one: the app could not say "
            "when it has done with a push, and may be suspended while it sets "
            "a call up. Every path now calls the handler once, in the "
            "completion of the report where it ends in one.";
  Set.LeftToDo.push_back("Where work goes on after the method has returned, "
                         "call the completion handler when that work is done "
                         "instead.");
  if (Target.empty())
    Set.LeftToDo.push_back("iOS 10 and earlier call the old form alone: with a "
                           "deployment target below 11, keep it beside this "
                           "one.");
  if (*Callers)
    Set.LeftToDo.push_back("Calls of the old form in the project now hand over "
                           "a completion handler that does nothing.");
  Set.A = Applicability::Review;
  Set.Findings = Request.Findings;
  Files.addTo(Set);
  return Set;
}
