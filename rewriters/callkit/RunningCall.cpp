//===-- RunningCall.cpp - the running call of another object --===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "rewriters/callkit/RunningCall.h"
#include "rewriters/callkit/TypeNames.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

using namespace ringfence;
using llvm::StringRef;

namespace {
class Search {
public:
  Search(const Block &B, const JudgedHandler &H, FunctionSource &Project)
      : B(B), H(H), Project(Project),
        Swift(B.In->Source->language() == Language::Swift) {}

  std::optional<NamedCall> run();

private:
  using TypeRefs = std::vector<FunctionSource::TypeRef>;

  std::optional<NamedCall> askedBy(const Condition &C);
  std::optional<NamedCall> heldBy(StringRef Object, const TypeRefs &Types);
  const Property *uuidIn(StringRef Type);
  std::string typeOfPath(StringRef Path);
  bool isSeen(const File &In, const Property &P) const;
  TypeRefs typesNamed(StringRef Name) {
    return declarationsOf(Name, *B.In, Project);
  }

  const Block &B;
  const JudgedHandler &H;
  FunctionSource &Project;
  const bool Swift;
};
} // namespace

/// "currentCallUUID", "activeCall": the type keeps one running call there.
static bool namesRunningCall(StringRef Name) {
  std::string Lower = Name.lower();
  return StringRef(Lower).contains("call") &&
         llvm::any_of(
             std::initializer_list<StringRef>{"current", "active", "running",
                                              "ongoing"},
             [&](StringRef W) { return Lower.find(W) != std::string::npos; });
}

/// A UUID of the system, not an optional one.
static bool isUUIDType(StringRef Written, bool Swift) {
  Written = Written.trim();
  return Swift ? Written == "UUID" : plainType(Written) == "NSUUID";
}

bool Search::isSeen(const File &In, const Property &P) const {
  if (P.IsStatic || (In.Source->language() == Language::Swift) != Swift)
    return false;
  if (&In == B.In)
    return true;
  if (Swift)
    return P.Access != "private" && P.Access != "fileprivate";
  return In.Source->path().ends_with(".h") &&
         In.Source->text(P.Where).starts_with("@property");
}

/// The property by which \p Type, that of a call, names the call.
const Property *Search::uuidIn(StringRef Type) {
  static constexpr StringRef Names[] = {"uuid",     "UUID",        "callUUID",
                                        "callUuid", "callKitUUID", "id",
                                        "callId",   "callID"};
  if (Type.empty())
    return nullptr;
  const Property *Best = nullptr;
  for (auto [F, T] : typesNamed(Type))
    for (const Property &P : T->Properties)
      if (isUUIDType(P.Type.empty() ? typeOf(P) : StringRef(P.Type), Swift) &&
          isSeen(*F, P) && llvm::is_contained(Names, StringRef(P.Name)))
        Best = &P;
  return Best;
}

/// The project's type that \p Path leads to: "self.calls", "Calls.shared",
/// "[Calls sharedCalls]".
std::string Search::typeOfPath(StringRef Path) {
  Path = Path.trim();
  if (Path.consume_front("[")) {
    auto [Class, Selector] = Path.split(' ');
    if (!Selector.consume_back("]"))
      return "";
    for (FunctionRef F : Project.members(Class, Selector))
      if (F.Fn->IsStatic)
        return Class.str();
    return "";
  }
  Path.consume_front("self.");
  llvm::SmallVector<StringRef, 4> Parts;
  Path.split(Parts, '.');
  std::string Type = H.function().Owner;
  for (size_t I = 0; I < Parts.size(); ++I) {
    StringRef Part = Parts[I].rtrim("?!");
    if (I == 0 && !Part.empty() && llvm::isUpper(Part[0]) &&
        !typesNamed(Part).empty()) {
      Type = Part.str();
      continue;
    }
    std::string Next;
    StringRef Called = Part;
    bool IsCall = Called.consume_back("()");
    for (auto [F, T] : typesNamed(Type)) {
      for (const Property &P : T->Properties)
        if (P.Name == Part)
          Next = typeOf(P) == "Self" ? Type : typeOf(P).str();
      for (const Function &Fn : F->Functions)
        if (IsCall && Fn.Owner == Type && Fn.Name == Called &&
            Fn.Parameters.empty())
          Next =
              Fn.ReturnType == "Self" ? Type : plainType(Fn.ReturnType).str();
    }
    if (Next.empty())
      return "";
    Type = Next;
  }
  return Type;
}

/// The call that \p Object, of one of \p Types, keeps.
std::optional<NamedCall> Search::heldBy(StringRef Object,
                                        const TypeRefs &Types) {
  std::string Prefix =
      Object.empty() ? (Swift ? "" : "self.") : Object.str() + ".";
  bool Chained = Swift && StringRef(Prefix).contains("?.");
  auto Whole = [&](std::string Path, bool Optional) {
    if (Optional || Chained)
      Path += Swift ? " ?? UUID()" : " ?: [NSUUID UUID]";
    return NamedCall{std::move(Path), 0};
  };
  for (auto [F, T] : Types)
    for (const Property &P : T->Properties) {
      if (!namesRunningCall(P.Name) || !isSeen(*F, P))
        continue;
      StringRef Type = StringRef(P.Type).trim();
      bool Optional =
          !Swift || Type.consume_back("?") || Type.consume_back("!");
      if (isUUIDType(Type, Swift))
        return Whole(Prefix + P.Name, Optional);
      if (const Property *Id = uuidIn(typeOf(P)))
        return Whole(Prefix + P.Name + (Swift && Optional ? "?." : ".") +
                         Id->Name,
                     Optional);
    }
  return std::nullopt;
}

/// What \p C asks is a property of the object that keeps the call.
std::optional<NamedCall> Search::askedBy(const Condition &C) {
  for (const Condition &O : C.Operands)
    if (auto Found = askedBy(O))
      return Found;
  if (C.K != Condition::Kind::Flag && C.K != Condition::Kind::NonNil &&
      C.K != Condition::Kind::Other)
    return std::nullopt;
  StringRef Asked = C.Name.empty() ? StringRef(C.Text) : StringRef(C.Name);
  Asked = Asked.trim();
  // "calls.hasActiveCall()" asks the same as a property would.
  Asked.consume_back("()");
  if (!llvm::all_of(Asked, [](char Ch) {
        return llvm::isAlnum(Ch) || StringRef("_.?![] ()").contains(Ch);
      }))
    return std::nullopt;
  auto [Object, Member] = Asked.rsplit('.');
  if (Member.empty()) {
    Member = Object;
    Object = "";
  }
  if (Object == "self")
    Object = "";
  std::string Type = Object.empty() ? H.function().Owner : typeOfPath(Object);
  if (Type.empty())
    return std::nullopt;
  return heldBy(Object, typesNamed(Type));
}

std::optional<NamedCall> Search::run() {
  if (!B.A || B.Fn->Owner != H.function().Owner)
    return std::nullopt;
  return askedBy(B.A->When);
}

std::optional<NamedCall>
ringfence::runningCallElsewhere(const Block &B, const JudgedHandler &H,
                                FunctionSource &Project) {
  return Search(B, H, Project).run();
}
