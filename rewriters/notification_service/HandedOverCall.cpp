//===-- HandedOverCall.cpp - a call on both sides of the hand-over --------===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "rewriters/notification_service/HandedOverCall.h"
#include "rewriters/callkit/Blocks.h"
#include "rewriters/capture/Movable.h"
#include "rewriters/edit/Indentation.h"
#include "rewriters/edit/LineCuts.h"
#include "rewriters/notification_service/HandOverText.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

using namespace ringfence;
using llvm::StringRef;

bool ringfence::isHandedOver(const Host &H) {
  return H.In->Source->text(H.Fn->Body).contains(HandedOverKey);
}

/// Why \p S, which ran where the branch stands, cannot run at the head of the
/// function, as a clause; "" if it can. \p Leaves: break means a statement
/// inside of it.
static std::string whyNotAtHead(const Step &S, bool Caught, bool Breaks) {
  if (S.InMacro)
    return "a statement for calls stands in a macro";
  if (S.K == Step::Kind::Configuration || S.K == Step::Kind::Opaque)
    return "the statements for calls are not understood";
  if (S.K == Step::Kind::Exit &&
      ((S.Exit == Step::ExitKind::Break && !Breaks) ||
       (S.Exit == Step::ExitKind::Continue && !Breaks) ||
       S.Exit == Step::ExitKind::Fallthrough || S.Exit == Step::ExitKind::Goto))
    return "the statements for calls leave what is around them";
  bool Throws = S.K == Step::Kind::Exit && S.Exit == Step::ExitKind::Throw;
  auto Look = [&](const Call &C) { Throws |= C.Try == Call::TryForm::Try; };
  llvm::for_each(S.Calls, Look);
  for (const Arm &A : S.Arms)
    llvm::for_each(A.Calls, Look);
  if (Throws && !Caught)
    return "the statements for calls throw to what is around them";
  for (const Arm &A : S.Arms)
    for (const Step &Inner : A.Steps)
      if (std::string Why = whyNotAtHead(
              Inner,
              Caught || (S.K == Step::Kind::Try && A.K == Arm::Kind::Body),
              Breaks || S.K == Step::Kind::Loop ||
                  (S.K == Step::Kind::Branch &&
                   S.Branch == Step::BranchKind::Switch));
          !Why.empty())
        return Why;
  return "";
}

HandedOverCall::HandedOverCall(const ProposeInput &In, const Host &H,
                               const CallOrMessage &Q,
                               std::vector<std::string> &Blockers)
    : In(In), H(H), Q(Q), IsSwift(H.language() == Language::Swift) {
  choosePlace();
  for (llvm::ArrayRef<Step> Run : Q.Runs)
    for (const Step &S : Run)
      if (std::string Why = whyNotAtHead(S, /*Caught=*/H.Fn->Throws,
                                         /*Breaks=*/false);
          !Why.empty() && !llvm::is_contained(Blockers, Why))
        Blockers.push_back(std::move(Why));
  ask(Blockers);
  if (H.Payload.empty() && H.Dictionary.empty())
    Blockers.push_back("the push does not get to '" + H.Fn->Name + "'");
  if (!H.Fn->ReturnType.empty() && H.Fn->ReturnType != "Void" &&
      H.Fn->ReturnType != "void")
    Blockers.push_back("'" + H.Fn->Name + "' returns a value");
  // The extension has the names of both sides in one place.
  for (const std::string &Name : decision(/*InCaller=*/false).Bound)
    if (llvm::any_of(localsAt(*H.Fn, Q.Around),
                     [&](const Local &L) { return L.Name == Name; }))
      Blockers.push_back("'" + Name + "' is the name of two things");
  Values = handedValues(In, H, Q, H.Fn->Steps[Place].Where.Begin, Blockers);
}

/// Whether \p C makes or reads a plain object: it has no part in the push and
/// leads nowhere.
static bool isPlain(const Call &C, const ProposeInput &In, const Host &H) {
  if (C.K == Call::Kind::PropertyRead)
    return true;
  if (const Api *A = In.Apis.find(C, H.language()))
    return A->E == Effect::Pure;
  return C.K == Call::Kind::Init && C.Arguments.empty() &&
         In.Functions.callees(C, {H.In, H.Fn}).empty();
}

/// Ahead of everything but what has no part in the push.
void HandedOverCall::choosePlace() {
  Needs Asks(In, H, {});
  std::vector<Level> Here = {{&H.Fn->Steps, 0, nullptr, nullptr, nullptr}};
  for (Place = 0; Place < Q.Around.front().Index; ++Place) {
    const Step &S = H.Fn->Steps[Place];
    if (S.K == Step::Kind::Branch && asksForExemption(S))
      continue;
    if (S.K != Step::Kind::Declare)
      break;
    Here.front().Index = Place + 1;
    Needs Visible(In, H, Here);
    bool IsPush = llvm::all_of(S.Declares, [&](const Declaration &D) {
      return Visible.isDictionaryExpression(D.Name);
    });
    bool Calls = false;
    for (const Call &C : S.Calls)
      Calls |= !isPlain(C, In, H);
    bool Reads = false;
    for (const Local &L : localsAt(*H.Fn, Here))
      Reads |= (L.Name == H.Payload || L.Name == H.Dictionary ||
                Visible.isDictionaryExpression(L.Name)) &&
               !L.Name.empty() && mentions(*H.In, S.Where, L.Name);
    if (!IsPush && (Calls || Reads))
      break;
  }
}

/// What a Swift switch is about; empty where that cannot be seen.
static Range subjectOf(const Step &Switch, const File &F) {
  Range Head{Switch.Where.Begin, Switch.Arms.front().Where.Begin};
  StringRef Text = F.Source->text(Head);
  std::size_t Open = Text.find('{');
  StringRef Subject = Text.take_front(Open);
  if (!Subject.consume_front("switch") || Open == StringRef::npos)
    return {};
  Subject = Subject.trim();
  auto Begin =
      static_cast<std::uint32_t>(Subject.data() - F.Source->bytes().data());
  return {Begin, Begin + static_cast<std::uint32_t>(Subject.size())};
}

void HandedOverCall::ask(std::vector<std::string> &Blockers) {
  const Step &S = Q.branch();
  const File &F = *H.In;
  std::string Line = "what line " +
                     std::to_string(F.Source->line(S.Where.Begin)) +
                     " asks cannot be asked elsewhere";
  if (S.Branch == Step::BranchKind::Switch) {
    Range Subject = subjectOf(S, F);
    if (!IsSwift || Subject.empty() || !Q.CallArm ||
        Q.CallArm->K != Arm::Kind::Case ||
        F.Source->text(Q.CallArm->When.Where).contains(','))
      Blockers.push_back(Line);
    else
      Parts.push_back({Q.CallArm->When.Where, Subject, false});
    return;
  }
  if (S.Branch == Step::BranchKind::Guard) {
    Parts.push_back({S.Arms.front().When.Where, {}, Q.CallArm != nullptr});
  } else {
    askArms();
  }
  for (const Part &P : Parts)
    if (P.Text.empty() ||
        (P.IsNegated && negated(F.Source->text(P.Text).str()).empty()))
      Blockers.push_back(Line);
}

void HandedOverCall::askArms() {
  const Step &S = Q.branch();
  for (const Arm &A : S.Arms) {
    if (&A == Q.CallArm) {
      if (A.K == Arm::Kind::Then)
        Parts.push_back({A.When.Where, {}, false});
      break;
    }
    // What leaves does not get behind the branch.
    if (A.K == Arm::Kind::Then && (Q.CallArm || leaves(A.Steps)))
      Parts.push_back({A.When.Where, {}, true});
  }
}

/// The opposite of \p Text, a condition; "" if it has none.
std::string HandedOverCall::negated(std::string Condition) const {
  StringRef Text = Condition;
  // "!sealed" and "![message isCall]"
  if (Text.starts_with("!") && Text.count('!') == 1 && !Text.contains("&&") &&
      !Text.contains("||") && !Text.contains('?') && !Text.contains("==") &&
      !Text.contains(',') && !Text.contains('<') && !Text.contains('>'))
    return Text.drop_front().str();
  bool IsPlain = llvm::all_of(
      Text, [](char C) { return llvm::isAlnum(C) || C == '_' || C == '.'; });
  if (IsPlain ||
      (!IsSwift && Text.starts_with("[") && Text.find(']') == Text.size() - 1))
    return "!" + Condition;
  int Depth = 0;
  bool IsList = false;
  for (char C : Text) {
    Depth +=
        (C == '(' || C == '[' || C == '{') - (C == ')' || C == ']' || C == '}');
    IsList |= IsSwift && C == ',' && Depth == 0;
  }
  if (IsList || Text.starts_with("case ") || Text.contains('#'))
    return "";
  if (Text.starts_with("let ") || Text.starts_with("var ")) {
    auto [Name, Value] = Text.split('=');
    return Value.empty() ? "" : "(" + Value.trim().str() + ") == nil";
  }
  bool Joined =
      Text.contains("&&") || Text.contains("||") || Text.contains('?');
  if (!Joined && Text.count("==") == 1 && !Text.contains("!="))
    return (Text.split("==").first + "!=" + Text.split("==").second).str();
  return "!(" + Condition + ")";
}

CallDecision HandedOverCall::decision(bool InCaller) const {
  CallDecision D;
  D.Where = Q.branch().Where;
  D.InCaller = InCaller;
  D.IsComplete = Q.IsComplete;
  for (const Part &P : Parts)
    D.Needed.push_back(P.Subject.empty() ? P.Text : P.Subject);
  for (const HandedValue &V : Values)
    D.Needed.push_back(V.Where);
  auto Bind = [&](const std::vector<Declaration> &Declares) {
    for (const Declaration &Each : Declares)
      D.Bound.insert(Each.Name);
  };
  if (Q.CallArm)
    Bind(Q.CallArm->Declares);
  if (Q.branch().Branch == Step::BranchKind::Guard && !Q.CallArm)
    Bind(Q.branch().Declares);
  if (Q.branch().Branch == Step::BranchKind::Switch && Q.MessageArm)
    Bind(Q.MessageArm->Declares);
  return D;
}

std::string HandedOverCall::question(const Needs &Need) const {
  std::string All;
  for (const Part &P : Parts) {
    std::string Text = Need.text(P.Text);
    if (!P.Subject.empty()) {
      std::string Subject = Need.text(P.Subject);
      Text = StringRef(Text).starts_with("\"")
                 ? Subject + " == " + Text
                 : "case " + Text + " = " + Subject;
    }
    if (P.IsNegated)
      Text = negated(Text);
    All += (All.empty() ? "" : IsSwift ? ", " : " && ") + Text;
  }
  return All;
}

/// \p Form with \p By for its "$"; Swift's "$0" is none.
static std::string put(StringRef Form, StringRef By) {
  std::string Out;
  for (std::size_t I = 0; I != Form.size(); ++I) {
    bool IsMark =
        Form[I] == '$' && (I + 1 == Form.size() || !llvm::isDigit(Form[I + 1]));
    Out += IsMark ? By.str() : std::string(1, Form[I]);
  }
  return Out;
}

/// Of Objective-C: leaves where decrypting gave nothing, so that what was
/// pushed shows.
std::string HandedOverCall::withoutContent() const {
  std::string Lines;
  if (IsSwift)
    return Lines;
  std::vector<Local> Locals = localsAt(*H.Fn, Q.Around);
  for (const Part &P : Parts)
    for (const Word &W : words(H.In->Source->bytes(), P.Text, H.language()))
      for (const Local &L : Locals)
        if (L.Name == W.Text && !W.IsMember && !W.IsLabel && L.D &&
            StringRef(L.D->Type).ends_with("*") && Lines.empty())
          Lines = "if (!" + L.Name + ") {\n\treturn nil;\n}\n";
  return Lines;
}

std::string HandedOverCall::linesInExtension(const Needs &Need) const {
  std::string Lines = withoutContent();
  Lines += IsSwift ? "if " + question(Need) + " {\n"
                   : "if (" + question(Need) + ") {\n";
  if (Values.empty())
    return Lines +
           (IsSwift ? "\treturn [\"" + HandedOverKey.str() +
                          "\": [String: Any]()]\n}"
                    : "\treturn @{@\"" + HandedOverKey.str() + "\": @{}};\n}");
  Lines += IsSwift ? "\tvar handedOver: [String: Any] = [:]\n"
                   : "\tNSMutableDictionary *handedOver = "
                     "[NSMutableDictionary dictionary];\n";
  for (const HandedValue &V : Values) {
    std::string Text = Need.text(V.Where);
    if (V.isKnown() && V.Encoded != "$" && StringRef(Text).contains(" as"))
      Text = "(" + Text + ")";
    std::string Encoded = V.isKnown() ? put(V.Encoded, Text)
                                      : "<#" + Text + " for a property list#>";
    Lines += IsSwift ? "\thandedOver[\"" + V.Name + "\"] = " + Encoded + "\n"
                     : "\thandedOver[@\"" + V.Name + "\"] = " + Encoded + ";\n";
  }
  return Lines +
         (IsSwift
              ? "\treturn [\"" + HandedOverKey.str() + "\": handedOver]\n}"
              : "\treturn @{@\"" + HandedOverKey.str() + "\": handedOver};\n}");
}

/// The host's statements for a call, with the values handed over in the place
/// of what was decrypted; each line one level in.
std::string HandedOverCall::statements() const {
  const SourceFile &Source = *H.In->Source;
  std::string Lines;
  for (llvm::ArrayRef<Step> Run : Q.Runs) {
    if (Run.empty())
      continue;
    Range R{Run.front().WithComments.Begin, Run.back().WithComments.End};
    std::vector<std::pair<Range, std::string>> New;
    for (const HandedValue &V : Values)
      for (Range Use : V.Uses)
        if (R.contains(Use))
          New.push_back({{Use.Begin - R.Begin, Use.End - R.Begin}, V.Name});
    llvm::sort(New, [](const auto &A, const auto &B) {
      return A.first.Begin < B.first.Begin;
    });
    std::string Text = replaced(Source.text(R), std::move(New));
    Text = reindented(Text, Source.indentation(R.Begin), "\t");
    llvm::erase(Text, '\r');
    Lines += Text + "\n";
  }
  if (Q.Runs.back().empty() || !leaves({Q.Runs.back().back()}))
    Lines += IsSwift ? "\treturn\n" : "\treturn;\n";
  return Lines;
}

bool HandedOverCall::insert(Builders &Edits) const {
  Builder &B = Edits.of(*H.In);
  std::vector<Level> Here = {{&H.Fn->Steps, Place, nullptr, nullptr, nullptr}};
  std::string Info = Needs(In, H, Here).dictionaryInHost();
  std::string Says =
      "// Decrypted and handed over by the notification service.\n";
  std::string Key = HandedOverKey.str();
  std::string Early, Late;
  for (const HandedValue &V : Values) {
    std::string From = IsSwift ? "handedOver[\"" + V.Name + "\"]"
                               : "handedOver[@\"" + V.Name + "\"]";
    std::string Type = V.Type;
    if (!V.isKnown())
      Late +=
          (IsSwift
               ? "\tlet " + V.Name + " = <#" + V.Name + " from " + From + "#>\n"
               : "\t" + (Type.empty() ? "id" : Type) +
                     (StringRef(Type).ends_with("*") ? "" : " ") + V.Name +
                     " = <#" + V.Name + " from " + From + "#>;\n");
    else if (!IsSwift)
      Late += "\t" + Type + (StringRef(Type).ends_with("*") ? "" : " ") +
              V.Name + " = " + put(V.Decoded, From) + ";\n";
    else if (V.IsOptional)
      Late += "\tlet " + V.Name + " = " + put(V.Decoded, From) + "\n";
    else
      Early += ",\n   let " + V.Name + " = " + put(V.Decoded, From);
  }
  std::string Lines;
  if (IsSwift)
    Lines = Says + "if let handedOver = " + Info + "[\"" + Key +
            "\"] as? [String: Any]" + Early + " {\n";
  else
    Lines = Says + "NSDictionary *handedOver = " + Info + "[@\"" + Key +
            "\"];\nif (handedOver) {\n";
  return B.insertBefore(H.Fn->Steps[Place],
                        Lines + Late + statements() + "}\n");
}

std::vector<std::string> HandedOverCall::unknown() const {
  std::vector<std::string> All;
  for (const HandedValue &V : Values)
    if (!V.isKnown())
      All.push_back(H.In->Source->text(V.Where).str());
  return All;
}
