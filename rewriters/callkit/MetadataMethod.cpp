//===-- MetadataMethod.cpp - the delegate method that says if a report is due --===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "rewriters/callkit/MetadataMethod.h"
#include "rewriters/capture/Words.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/VersionTuple.h"

using namespace ringfence;

/// \p Version is at least iOS 26.4.
static bool knowsMetadata(llvm::StringRef Version) {
  llvm::VersionTuple V;
  return !V.tryParse(Version) && V >= llvm::VersionTuple(26, 4);
}

static bool isSwift(const JudgedHandler &H) {
  return H.In->Source->language() == Language::Swift;
}

static constexpr llvm::StringRef Name = "receivePush";

bool MetadataMethod::isUsed(llvm::StringRef Word) const {
  return llvm::any_of(words(H.In->Source->bytes(), H.function().Inside,
                            H.In->Source->language()),
                      [&](const struct Word &W) {
                        return W.Text == Word && !W.IsMember && !W.IsLabel;
                      });
}

/// Swift: what stands in front of "func", without what says who may see it.
std::string MetadataMethod::modifiers() const {
  llvm::StringRef Head = H.In->Source->text(H.function().Head);
  return Head.take_front(Head.find("func ")).str();
}

bool MetadataMethod::isWanted() const {
  const Function &Fn = H.function();
  if (!knowsMetadata(In.Options.Sdk) &&
      !knowsMetadata(In.Options.DeploymentTarget))
    return false;
  if (H.H->S != Signature::Completion || H.H->Payload.empty() ||
      H.H->PushType.empty() || H.H->Completion.empty() || Fn.HasErrors ||
      Fn.IsStatic || Fn.IsOverride || Fn.Throws)
    return false;
  if (isSwift(H) && llvm::StringRef(modifiers()).contains('@'))
    return false;
  for (const JudgedHandler &Other : In.Handlers)
    if (Other.function().Owner == Fn.Owner && Other.H->S == Signature::Metadata)
      return false;
  for (FunctionRef Other : In.Functions.named(isSwift(H) ? Name : "mustReport"))
    if (Other.Fn->Owner == Fn.Owner)
      return false;
  // The name of the new parameter means nothing else.
  return !isUsed("mustReport");
}

static constexpr llvm::StringRef Comment =
    "/// Receives a VoIP push. A report may be left out only where the system "
    "says,\n"
    "/// by mustReport, that none is due.\n";

std::string MetadataMethod::swiftText() const {
  const Handler &M = *H.H;
  const bool Registry = !M.Registry.empty() && isUsed(M.Registry);
  const bool Type = isUsed(M.PushType);
  auto Call = [&](llvm::StringRef TypeIs, llvm::StringRef Must) {
    return (H.function().IsAsync ? "await " : "") +
           (Name + "(" + M.Payload + (Type ? ", of: " + TypeIs : "") +
            (Registry ? ", from: " + M.Registry : "") +
            ", mustReport: " + Must + ", completion: " + M.Completion + ")\n")
               .str();
  };
  std::string Mine = modifiers();
  std::string Shared;
  for (llvm::StringRef Part : llvm::split(Mine, ' '))
    if (Part == "nonisolated")
      Shared = "nonisolated ";
  std::string R = M.Registry.empty() ? "registry" : M.Registry;
  auto Named = [](llvm::StringRef Label, llvm::StringRef Local) {
    return Label == Local ? Label.str() : (Label + " " + Local).str();
  };
  return "\t" + Call(M.PushType, "true") + "}\n\n" +
         (knowsMetadata(In.Options.DeploymentTarget)
              ? ""
              : "@available(iOS 26.4, *)\n") +
         Mine + "func pushRegistry(\n\t_ " + R +
         ": PKPushRegistry,\n\tdidReceiveIncomingVoIPPushWith " + M.Payload +
         ": PKPushPayload,\n\tmetadata: PKVoIPPushMetadata,\n\t"
         "withCompletionHandler " +
         M.Completion + ": @escaping () -> Void\n) {\n\t" +
         Call(".voIP", "metadata.mustReport") + "}\n\n" + Comment.str() +
         "private " + Shared + "func " + Name.str() + "(\n\t_ " + M.Payload +
         ": PKPushPayload,\n" +
         (Type ? "\tof " + M.PushType + ": PKPushType,\n" : "") +
         (Registry ? "\tfrom " + M.Registry + ": PKPushRegistry,\n" : "") +
         "\tmustReport: Bool,\n\t" + Named("completion", M.Completion) +
         ": @escaping () -> Void\n) {";
}

std::string MetadataMethod::objcText() const {
  const Handler &M = *H.H;
  const bool Registry = !M.Registry.empty() && isUsed(M.Registry);
  const bool Type = isUsed(M.PushType);
  auto Call = [&](llvm::StringRef TypeIs, llvm::StringRef Must) {
    return ("[self " + Name + ":" + M.Payload +
            (Type ? " ofType:" + TypeIs : "") +
            (Registry ? " fromRegistry:" + M.Registry : "") +
            " mustReport:" + Must + " completion:" + M.Completion + "];\n")
        .str();
  };
  const bool Own = Builder(*H.In).style().FunctionBraceOnOwnLine;
  const std::string Open = Own ? "\n{" : " {";
  const std::string Sign =
      Builder(*H.In).style().SpaceAfterMethodSign ? "- " : "-";
  std::string R = M.Registry.empty() ? "registry" : M.Registry;
  return "\t" + Call(M.PushType, "YES") + "}\n\n#ifdef __IPHONE_26_4\n" + Sign +
         "(void)pushRegistry:(PKPushRegistry *)" + R +
         "\n    didReceiveIncomingVoIPPushWithPayload:(PKPushPayload *)" +
         M.Payload +
         "\n                                 metadata:(PKVoIPPushMetadata "
         "*)metadata"
         "\n                    withCompletionHandler:(void (^)(void))" +
         M.Completion + " API_AVAILABLE(ios(26.4))" + Open + "\n\t" +
         Call("PKPushTypeVoIP", "metadata.mustReport") + "}\n#endif\n\n" +
         Comment.str() + Sign + "(void)" + Name.str() + ":(PKPushPayload *)" +
         M.Payload + (Type ? " ofType:(PKPushType)" + M.PushType : "") +
         (Registry ? " fromRegistry:(PKPushRegistry *)" + M.Registry : "") +
         " mustReport:(BOOL)mustReport completion:(void (^)(void))" +
         M.Completion + Open;
}

void MetadataMethod::write(Builders &Files) const {
  Builder &B = Files.of(*H.In);
  const Function &Fn = H.function();
  std::string Text = B.layOut(isSwift(H) ? swiftText() : objcText(),
                              B.indentation(Fn.Where.Begin));
  B.insert(Fn.Inside.Begin,
           B.style().LineEnding + llvm::StringRef(Text).rtrim("\r\n").str());
}
