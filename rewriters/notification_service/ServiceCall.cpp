//===-- ServiceCall.cpp - a service written by hand fills too -------------===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "rewriters/notification_service/ServiceCall.h"
#include "matchers/model/File.h"
#include "rewriters/edit/Builder.h"
#include "llvm/ADT/StringRef.h"

using namespace ringfence;
using llvm::StringRef;

namespace {

/// A statement that makes the content, and the one behind it.
struct Copy {
  const Step *Made = nullptr;
  const Step *Next = nullptr;
  const Arm *In = nullptr; ///< the copy is bound by this arm of Made
  std::string Content;     ///< what the content is called
  bool IsOptional = false;
};

class Finder {
public:
  Finder(StringRef Request, bool IsSwift)
      : Source(Request.str() + ".content"), IsSwift(IsSwift) {}

  void look(const std::vector<Step> &List) {
    for (std::size_t I = 0; I != List.size(); ++I) {
      const Step *Next = I + 1 != List.size() ? &List[I + 1] : nullptr;
      look(List[I], Next);
    }
  }

  std::vector<Copy> Found;

private:
  bool isCopy(StringRef Text) const {
    std::size_t At = Text.find(Source);
    if (At == StringRef::npos)
      return false;
    // "request.content.userInfo" is not the content.
    StringRef Behind = Text.substr(At + Source.size()).ltrim(" .?!");
    return Behind.starts_with("mutableCopy");
  }
  bool isOptional(StringRef Text) const {
    return IsSwift && Text.contains("as?") && !Text.contains("??");
  }

  void look(const Step &S, const Step *Next) {
    bool IsGuard = S.K == Step::Kind::Branch;
    for (const Declaration &D : S.Declares)
      if (isCopy(D.Init.Text))
        Found.push_back(
            {&S, Next, nullptr, D.Name, !IsGuard && isOptional(D.Init.Text)});
    for (const Assignment &A : S.Assigns)
      if (isCopy(A.V.Text))
        Found.push_back({&S, Next, nullptr, A.Target, isOptional(A.V.Text)});
    for (const Arm &A : S.Arms) {
      for (const Declaration &D : A.Declares)
        if (isCopy(D.Init.Text))
          Found.push_back({&S, Next, &A, D.Name, false});
      look(A.Steps);
    }
  }

  std::string Source;
  bool IsSwift;
};

} // namespace

/// The if behind the copy that unwraps it, and what it calls it.
static const Arm *unwrapped(const Copy &C, std::string &Name) {
  if (!C.Next || C.Next->K != Step::Kind::Branch ||
      C.Next->Branch != Step::BranchKind::If || C.Next->Arms.empty())
    return nullptr;
  const Arm &A = C.Next->Arms.front();
  if (A.Declares.size() != 1)
    return nullptr;
  const Declaration &D = A.Declares.front();
  StringRef Bare = C.Content;
  Bare.consume_front("self.");
  if (D.Init.Text != C.Content && D.Init.Text != Bare &&
      !(D.Init.Text.empty() && D.Name == Bare))
    return nullptr;
  Name = D.Name;
  return &A;
}

static std::string lines(const std::vector<std::string> &Fillers,
                         StringRef Content, StringRef Request, bool IsSwift) {
  std::string Out;
  for (const std::string &F : Fillers)
    Out += IsSwift
               ? F + "().fill(" + Content.str() + ", from: " + Request.str() +
                     ".content.userInfo)\n"
               : "[[[" + F + " alloc] init] fillContent:" + Content.str() +
                     " fromUserInfo:" + Request.str() + ".content.userInfo];\n";
  return Out;
}

static bool insert(Builder &B, const Copy &C, StringRef Request,
                   const std::vector<std::string> &Fillers, bool IsSwift) {
  std::string Direct = lines(Fillers, C.Content, Request, IsSwift);
  if (C.In && C.Made->Branch == Step::BranchKind::If)
    return B.insertAtHead(*C.Made, *C.In, Direct);
  if (!C.IsOptional)
    return B.insertAfter(*C.Made, Direct);
  std::string Name;
  if (const Arm *A = unwrapped(C, Name))
    return B.insertAtHead(*C.Next, *A, lines(Fillers, Name, Request, IsSwift));
  std::string Guarded = "if let content = " + C.Content + " {\n";
  for (const std::string &F : Fillers) {
    Guarded += "\t";
    Guarded += lines({F}, "content", Request, IsSwift);
  }
  return B.insertAfter(*C.Made, Guarded + "}\n");
}

bool ringfence::callFillersInService(FixSet &Set, const File &Service,
                                     const std::vector<FillerName> &Names) {
  std::vector<std::string> Fillers;
  for (const FillerName &F : Names) {
    // What hands the content back has to wait, too.
    if (F.Waits || F.IsAdded)
      return false;
    Fillers.push_back(F.Name);
  }
  bool IsSwift = Service.Source->language() == Language::Swift;
  std::vector<Copy> Found;
  std::string Request;
  for (const Function &F : Service.Functions) {
    bool IsDelegate =
        IsSwift ? F.Name == "didReceive" && F.Labels.size() == 2 &&
                      F.Labels.back() == "withContentHandler"
                : F.Name == "didReceiveNotificationRequest:withContentHandler:";
    if (!IsDelegate || F.Parameters.size() != 2 || F.HasErrors)
      continue;
    Finder Copies(F.Parameters.front().Name, IsSwift);
    Copies.look(F.Steps);
    for (Copy &C : Copies.Found) {
      Request = F.Parameters.front().Name;
      Found.push_back(std::move(C));
    }
  }
  if (Found.size() != 1)
    return false;
  Builder B(Service);
  if (!insert(B, Found.front(), Request, Fillers, IsSwift))
    return false;
  if (!IsSwift) {
    std::string Imports;
    for (const std::string &F : Fillers)
      Imports += "#import \"" + F + ".h\"" + styleOf(Service).LineEnding;
    B.insert(Service.ImportInsertion, Imports);
  }
  B.addTo(Set);
  return true;
}
