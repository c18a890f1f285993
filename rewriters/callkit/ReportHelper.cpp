//===-- ReportHelper.cpp - the method that reports a call and ends it --===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "rewriters/callkit/ReportHelper.h"
#include "rewriters/callkit/TypeNames.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

using namespace ringfence;

static constexpr llvm::StringRef Comment =
    "/// Reports a call and ends it at once, for a VoIP push that leads to no "
    "call:\n"
    "/// iOS terminates an app that receives such a push and reports none.\n";

/// The selector that goes with the base name of the method.
static constexpr llvm::StringRef CommentAgain =
    "/// Reports a running call once more, for a VoIP push that comes while it "
    "runs:\n"
    "/// iOS terminates an app that receives such a push and reports none.\n";

llvm::StringRef ReportHelper::comment() const {
  return K == Kind::Again ? CommentAgain : Comment;
}

std::string ReportHelper::selector() const {
  return Name + (K == Kind::Again ? "WithUUID:completion:"
                                  : "WithUUID:reason:completion:");
}

ReportHelper::ReportHelper(const ProposeInput &TheIn,
                           const JudgedHandler &TheHandler,
                           ProviderAccess TheAccess, Kind TheKind)
    : In(TheIn), H(TheHandler), Access(std::move(TheAccess)), K(TheKind),
      Swift(H.In->Source->language() == Language::Swift) {
  static constexpr llvm::StringRef Ending[] = {"reportAndEndCall",
                                               "reportAndEndPlaceholderCall",
                                               "reportAndEndCallForPush"};
  static constexpr llvm::StringRef Again[] = {"reportRunningCall",
                                              "reportRunningCallAgain",
                                              "reportRunningCallForPush"};
  std::vector<std::string> Labels = {"uuid", "reason", "completion"};
  if (K == Kind::Again)
    Labels = {"uuid", "completion"};
  llvm::StringRef Owner = Access.Owner->Name;
  for (llvm::StringRef Try :
       K == Kind::Again ? llvm::ArrayRef(Again) : llvm::ArrayRef(Ending)) {
    Name = Try.str();
    std::string Selector = selector();
    bool Clashes = false;
    std::vector<FunctionRef> Same =
        In.Functions.named(Swift ? Try : llvm::StringRef(Selector));
    for (const Function &F : Access.In->Functions)
      if (F.Name == (Swift ? Name : Selector))
        Same.push_back({Access.In, &F});
    for (FunctionRef R : Same) {
      if (R.Fn->Owner != Owner && !R.Fn->Owner.empty())
        continue;
      if (R.Fn->Owner == Owner && (!Swift || R.Fn->Labels == Labels))
        Exists = true;
      else
        Clashes = true;
    }
    if (Exists || !Clashes)
      return;
  }
}

std::string ReportHelper::swiftMethod(const Style &S) const {
  bool Private = Access.onOwnType() && Access.In == H.In;
  std::string Inside = Access.Provider;
  if (Access.IsMember)
    Inside = "self." + Inside;
  std::string Outside = S.SelfDot ? Inside : Access.Provider;
  llvm::StringRef Chain = Access.Optional ? "?." : ".";

  const bool Again = K == Kind::Again;
  std::string End = Inside + Chain.str() +
                    "reportCall(with: uuid, endedAt: nil, reason: " +
                    (Again ? ".failed" : "reason") + ")\n";
  llvm::SmallVector<std::string, 5> Ending{End};
  if (Again)
    Ending = {"// An error says that the call exists, as it should. Without "
              "one a call\n",
              "// has started that is none.\n", "if error == nil {\n",
              "\t" + End, "}\n"};
  Ending.push_back("completion?()\n");
  // CallKit may call back on a queue of its own.
  std::string Base = "\t\t";
  if (Access.Owner->Isolation == "MainActor")
    Base += "\t";
  std::string Body;
  for (const std::string &Line : Ending)
    Body += Base + Line;
  if (Access.Owner->Isolation == "MainActor")
    Body = "\t\tDispatchQueue.main.async {\n" + Body + "\t\t}\n";
  return comment().str() + (Private ? "private func " : "func ") + Name +
         "(\n" +
         (Again ? "\tuuid: UUID,\n"
                : "\tuuid: UUID = UUID(),\n"
                  "\treason: CXCallEndedReason = .failed,\n") +
         "\tcompletion: (() -> Void)? = nil\n"
         ") {\n"
         "\tlet update = CXCallUpdate()\n"
         "\tupdate.remoteHandle = CXHandle(type: .generic, value: "
         "\"Unknown\")\n"
         "\t" +
         Outside + Chain.str() +
         "reportNewIncomingCall(with: uuid, update: update) { " +
         (Again ? "error" : "_") + " in\n" + Body + "\t}\n}\n";
}

std::string ReportHelper::objcHead(const Style &S, bool Nullability) const {
  std::string First = S.SpaceAfterMethodSign ? "- (void)" : "-(void)";
  First += Name + "WithUUID";
  auto Piece = [&](llvm::StringRef Label) {
    return std::string(First.size() > Label.size() ? First.size() - Label.size()
                                                   : 0,
                       ' ') +
           Label.str();
  };
  return First + ":(NSUUID *)uuid\n" +
         (K == Kind::Again ? ""
                           : Piece("reason") + ":(CXCallEndedReason)reason\n") +
         Piece("completion") + ":(" + (Nullability ? "nullable " : "") +
         "void (^)(void))completion";
}

std::string ReportHelper::objcMethod(const Style &S, bool Nullability) const {
  std::string Update = "CXCallUpdate *update = [[CXCallUpdate alloc] init]";
  std::string Handle = "[[CXHandle alloc] initWithType:CXHandleTypeGeneric "
                       "value:@\"Unknown\"]";
  if (!Access.In->UsesARC) {
    Update = "CXCallUpdate *update = [[[CXCallUpdate alloc] init] autorelease]";
    Handle = "[" + Handle + " autorelease]";
  }
  std::string End = "\t\t[callProvider reportCallWithUUID:uuid "
                    "endedAtDate:nil reason:reason];\n";
  if (K == Kind::Again)
    End = "\t\t// An error says that the call exists, as it should. Without "
          "one a call\n"
          "\t\t// has started that is none.\n"
          "\t\tif (error == nil) {\n"
          "\t\t\t[callProvider reportCallWithUUID:uuid endedAtDate:nil "
          "reason:CXCallEndedReasonFailed];\n"
          "\t\t}\n";
  return comment().str() + objcHead(S, Nullability) +
         (S.FunctionBraceOnOwnLine ? "\n{\n" : " {\n") + "\t" + Update +
         ";\n"
         "\tupdate.remoteHandle = " +
         Handle +
         ";\n"
         "\tCXProvider *callProvider = " +
         Access.Provider +
         ";\n"
         "\t[callProvider reportNewIncomingCallWithUUID:uuid update:update "
         "completion:^(NSError *error) {\n" +
         End +
         "\t\tif (completion) completion();\n"
         "\t}];\n"
         "}\n";
}

static bool usesNullability(const File &F) {
  return F.Source->bytes().contains("NS_ASSUME_NONNULL_BEGIN");
}

/// Objective-C: where the owner's interface stands in a header.
std::pair<const File *, const Type *> ReportHelper::interface() const {
  auto Declarations =
      declarationsOf(Access.Owner->Name, *Access.In, In.Functions);
  std::vector<std::string> Headers =
      In.Project.filesWith("@interface " + Access.Owner->Name);
  llvm::sort(Headers);
  for (const std::string &Path : Headers)
    if (const File *F = In.Project.file(Path))
      for (const Type &T : F->Types)
        if (T.Name == Access.Owner->Name)
          Declarations.push_back({F, &T});
  for (auto [F, T] : Declarations) {
    if (T->K == Type::Kind::Interface && F->Source->path().ends_with(".h"))
      return {F, T};
  }
  return {nullptr, nullptr};
}

/// The method is called from another file, so its class's interface has to
/// declare it.
bool ReportHelper::declare(Builders &Files) const {
  auto [F, T] = interface();
  if (!F)
    return false;
  Builder &B = Files.of(*F);
  B.insertMember(*T, comment().str() +
                         objcHead(B.style(), usesNullability(*F)) + ";\n");
  B.importModule("CallKit");
  return true;
}

static llvm::StringRef fileName(llvm::StringRef Path) {
  return Path.substr(Path.find_last_of('/') + 1);
}

/// \p In imports \p Header, wherever it stands.
static bool importsHeader(const File &In, const File &Header) {
  return llvm::any_of(In.Imports, [&](llvm::StringRef Import) {
    return fileName(Import.trim("<>\"")) == fileName(Header.Source->path());
  });
}

static bool importsCallKit(const File &F) {
  return llvm::any_of(F.Imports, [](llvm::StringRef Import) {
    llvm::StringRef Name = Import.trim("<>\"");
    return Name.starts_with("CallKit/") || Name == "CallKit";
  });
}

/// The line of \p Offset is compiled under a condition: between an #if and its
/// #endif. What encloses the whole file counts too.
static bool isUnderIf(const SourceFile &Source, std::uint32_t Offset) {
  int Depth = 0;
  for (unsigned Line = 1; Line < Source.line(Offset); ++Line) {
    llvm::StringRef Text = Source.lineText(Line).ltrim();
    if (!Text.consume_front("#"))
      continue;
    Text = Text.ltrim();
    Depth += Text.starts_with("if") ? 1 : Text.starts_with("endif") ? -1 : 0;
  }
  return Depth > 0;
}

bool ReportHelper::addTo(Builders &Files) const {
  if (Exists)
    return true;
  bool Declared = !Swift && Access.In != H.In;
  if (Declared && !declare(Files))
    return false;
  Builder &B = Files.of(*Access.In);
  std::string Method = Swift
                           ? swiftMethod(B.style())
                           : objcMethod(B.style(), usesNullability(*Access.In));
  if (Access.onOwnType() && Access.In == H.In) {
    // Behind the last handler of the type: one place, whichever of several
    // handlers asks first.
    const Function *Last = nullptr, *UnderIf = &H.function();
    for (const Handler &Other : H.In->Handlers) {
      const Function &F = H.In->Functions[Other.FunctionIndex];
      if (!Access.Owner->Where.contains(F.Where))
        continue;
      // The method is to be there whichever of them is compiled.
      const Function *&After =
          isUnderIf(*H.In->Source, F.Where.Begin) ? UnderIf : Last;
      if (!After || F.Where.End > After->Where.End)
        After = &F;
    }
    B.insertMemberAfter(Last ? *Last : *UnderIf, Method);
  } else
    B.insertMember(*Access.Owner, Method);
  const File *Header = Swift ? nullptr : interface().first;
  bool ThroughHeader = Header && importsHeader(*Access.In, *Header) &&
                       (Declared || importsCallKit(*Header));
  if (!ThroughHeader)
    B.importModule("CallKit");
  return true;
}

std::string ReportHelper::callStatement(const ReportedCall &C,
                                        const Style &S) const {
  if (!Swift) {
    std::string UUID = C.UUID.empty() ? "[NSUUID UUID]" : C.UUID;
    std::string Reason = C.Reason == "remoteEnded"
                             ? "CXCallEndedReasonRemoteEnded"
                             : "CXCallEndedReasonFailed";
    std::string Receiver = Access.onOwnType() ? C.Self : Access.Reach;
    return "[" + Receiver + " " + Name + "WithUUID:" + UUID +
           (K == Kind::Again ? "" : " reason:" + Reason) +
           " completion:" + (C.Completion.empty() ? "nil" : C.Completion) +
           "];\n";
  }

  std::string Path;
  if (Access.onOwnType()) {
    if (C.NeedsSelf || S.SelfDot)
      Path = C.Self + ".";
  } else {
    bool FromType = llvm::isUpper(Access.Reach.front()) ||
                    llvm::StringRef(Access.Reach).starts_with("self");
    // What a guard binds cannot be named where it fails; the property can.
    if (!FromType && (C.NeedsSelf || S.SelfDot || Access.ReachChained))
      Path = C.Self + ".";
    Path += Access.Reach + (Access.ReachOptional ? "?." : ".");
  }
  std::vector<std::string> Arguments;
  if (!C.UUID.empty())
    Arguments.push_back("uuid: " + C.UUID);
  if (C.Reason != "failed" && K == Kind::AndEnd)
    Arguments.push_back("reason: ." + C.Reason);
  if (!C.Completion.empty())
    Arguments.push_back("completion: " + C.Completion);
  return Path + Name + "(" + llvm::join(Arguments, ", ") + ")\n";
}
