//===-- FillerText.cpp - the type that fills a notification's content -----===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "rewriters/capture/Movable.h"
#include "rewriters/edit/Indentation.h"
#include "rewriters/notification_service/ServiceText.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

using namespace ringfence;
using llvm::StringRef;

namespace {

/// A piece of the filler, and where it comes from.
struct Part {
  std::uint32_t Begin, End;
  std::string Text;
};

/// Writes the parts of one filler.
class FillerText {
public:
  FillerText(const SourceLayout &L, const PostedNotification &N)
      : L(L), N(N), Source(*N.H.In->Source),
        Leave(N.Decision ? "return nil" : "return") {
    if (!N.waits())
      return;
    Done = "done";
    if (mentions(*N.H.In, N.H.Fn->Where, Done))
      Done = "whenFilled";
  }

  std::string body(StringRef Base) const { return body(Base, 0); }
  /// What the filler calls once the content is filled; "" if it waits for
  /// nothing.
  std::string done() const { return Done; }
  std::string question(const PushGuard &G, const Needs &Need) const;
  std::string callersPart(const Needs &Need, const Host &H, unsigned Further,
                          StringRef Base) const;
  std::string comments(const Step &S, StringRef Base) const;
  std::string verbatim(const CopiedMember &M, StringRef Base) const;
  std::string identifier(StringRef Base) const;
  std::string lines(StringRef Template, StringRef Base) const;
  bool isText(const CopiedMember &M) const {
    return M.K == CopiedMember::Kind::Computed ||
           M.K == CopiedMember::Kind::Method;
  }

private:
  std::string body(StringRef Base, std::size_t Depth) const;
  std::vector<Part> parts(StringRef Base) const;
  std::string callback(std::size_t Depth, StringRef Base) const;
  std::string head(const Closure &C) const;
  std::string end(StringRef Base) const;
  std::string leaving(StringRef Text) const;
  std::string again(const Needs::Recomputed &P, const SourceFile &In,
                    StringRef Base) const;
  std::size_t depthOf(std::uint32_t Offset) const;

  const SourceLayout &L;
  const PostedNotification &N;
  const SourceFile &Source;
  const std::string Leave; ///< the statement that leaves other pushes alone
  std::string Done;
};

/// The template's lines, without the last one's end.
std::string FillerText::lines(StringRef Template, StringRef Base) const {
  return StringRef(laidOut((Template + "\n").str(), Base, L.Unit, L.LineEnding))
      .rtrim()
      .str();
}

/// How many of the callbacks byte \p Offset lies in.
std::size_t FillerText::depthOf(std::uint32_t Offset) const {
  return llvm::count_if(N.Callbacks, [&](const Callback &C) {
    return C.Body->Where.contains(Offset);
  });
}

/// \p Text, a guard on one line, as it leaves a filler that waits: in template
/// form.
std::string FillerText::leaving(StringRef Text) const {
  if (Done.empty() || !Text.consume_back(" else { return }"))
    return Text.str();
  return Text.str() + " else {\n\t" + Done + "()\n\treturn\n}";
}

/// The statement that leaves other pushes as they are, in template form.
std::string FillerText::question(const PushGuard &G, const Needs &Need) const {
  std::string Text = Need.text(G.Question);
  std::string Else = " else { " + Leave + " }";
  if (!G.Subject.empty())
    return leaving((G.IsPattern
                        ? "guard case " + Text + " = " + Need.text(G.Subject)
                        : "guard " + Need.text(G.Subject) + " == " + Text) +
                   Else);
  if (L.IsSwift)
    return leaving("guard " + (G.IsNegated ? "!(" + Text + ")" : Text) + Else);
  // One message: the bracket that it begins with is closed by the last one.
  bool IsSend = StringRef(Text).starts_with("[");
  int Open = 0;
  for (std::size_t I = 0; I != Text.size(); ++I) {
    Open += (Text[I] == '[') - (Text[I] == ']');
    IsSend &= (Open == 0) == (I + 1 == Text.size());
  }
  return "if (" +
         (G.IsNegated ? Text
          : IsSend    ? "!" + Text
                      : "!(" + Text + ")") +
         ") {\n\t" + (Done.empty() ? "" : Done + "();\n\t") + Leave + ";\n}";
}

/// What stands in front of \p S as a comment.
std::string FillerText::comments(const Step &S, StringRef Base) const {
  StringRef Text = Source.text({S.WithComments.Begin, S.Where.Begin}).rtrim();
  if (Text.empty())
    return "";
  return reindented(Text, Source.indentation(S.WithComments.Begin), Base) +
         L.LineEnding;
}

/// A local computed again.
std::string FillerText::again(const Needs::Recomputed &P, const SourceFile &In,
                              StringRef Base) const {
  std::string Text = leaving(P.Text);
  if (Text != P.Text)
    return StringRef(laidOut(Text + "\n", Base, L.Unit, L.LineEnding))
        .rtrim()
        .str();
  return reindented(Text, In.indentation(P.DeclaredBy->Where.Begin), Base);
}

/// What stands at the call of \p H, \p Further calls away: what the arguments
/// are computed from, what is asked on the way there, and the parameters. What
/// its caller is given comes first.
std::string FillerText::callersPart(const Needs &Need, const Host &H,
                                    unsigned Further, StringRef Base) const {
  const Needs *Outer = Need.outer();
  if (!Outer)
    return "";
  const SourceFile &Theirs = *H.Caller->In->Source;
  std::vector<Part> Parts;
  // Ahead of what the branch binds for the message.
  if (N.Decision && N.Decision->InCaller && Further == 0)
    Parts.push_back({N.Decision->Where.Begin, N.Decision->Where.Begin,
                     lines(N.Decision->Lines, Base)});
  for (const Needs::Recomputed &P : Outer->prelude(Leave))
    Parts.push_back({P.DeclaredBy->Where.Begin, P.DeclaredBy->Where.End,
                     again(P, Theirs, Base)});
  for (const PushGuard &G : N.CallGuards)
    if (G.Further == Further)
      Parts.push_back(
          {G.Question.Begin, G.Question.End, lines(question(G, *Outer), Base)});
  llvm::stable_sort(Parts, [](auto &A, auto &B) { return A.Begin < B.Begin; });
  std::string Out = callersPart(*Outer, *H.Caller, Further + 1, Base);
  for (const Part &P : Parts)
    Out += P.Text + L.LineEnding;
  for (const std::string &Line : Need.parameters())
    Out += Base.str() + Line + L.LineEnding;
  return Out;
}

/// What one callback takes: its statement, with the rest of the filler in it.
std::string FillerText::callback(std::size_t Depth, StringRef Base) const {
  const Callback &C = N.Callbacks[Depth];
  StringRef From = Source.indentation(C.Owner->Where.Begin);
  std::vector<const Closure *> All = C.Others;
  All.push_back(C.Body);
  llvm::sort(All, [](const Closure *A, const Closure *B) {
    return A->Where.Begin < B->Where.Begin;
  });
  std::string Inner = (Base + L.Unit).str();
  std::string Out;
  std::uint32_t Begin = C.Owner->Where.Begin;
  auto Copy = [&](std::uint32_t End) {
    std::string Text = N.Need->text({Begin, End});
    // Behind a closure a line goes on.
    if (Begin != C.Owner->Where.Begin) {
      auto [Line, Rest] = StringRef(Text).split('\n');
      Out += Line;
      if (Line.size() == Text.size())
        return;
      Out += '\n';
      Text = Rest.str();
    }
    Out += reindented(Text, From, Base);
  };
  for (const Closure *Each : All) {
    Copy(Each->Where.Begin);
    Out += head(*Each) + L.LineEnding;
    Out += Each == C.Body ? body(Inner, Depth + 1) : end(Inner);
    Out += Base.str() + "}";
    Begin = Each->Where.End;
  }
  Copy(C.Owner->Where.End);
  for (const Step *S : C.Starts)
    Out += L.LineEnding + reindented(N.Need->text(S->Where), From, Base);
  return Out;
}

/// How the closure \p C begins: it captures nothing of the handler's object.
std::string FillerText::head(const Closure &C) const {
  std::uint32_t First =
      C.Steps.empty() ? C.Where.End : C.Steps.front().WithComments.Begin;
  StringRef Text = Source.text({C.Where.Begin, First});
  if (!L.IsSwift)
    return Text.take_front(Text.find('{') + 1).str();
  Text = Text.drop_front().ltrim();
  if (Text.starts_with("["))
    Text = Text.drop_front(Text.find(']') + 1).ltrim();
  // What follows "in" is the first statement, or a comment.
  std::size_t In = 0;
  while ((In = Text.find("in", In)) != StringRef::npos) {
    bool Begins = In == 0 || llvm::isSpace(Text[In - 1]);
    bool Ends = In + 2 >= Text.size() || llvm::isSpace(Text[In + 2]);
    if (Begins && Ends)
      break;
    ++In;
  }
  StringRef Signature =
      In == StringRef::npos ? StringRef() : Text.take_front(In).rtrim();
  return Signature.empty() ? "{" : "{ " + Signature.str() + " in";
}

/// The end of a filler that waits.
std::string FillerText::end(StringRef Base) const {
  if (Done.empty())
    return "";
  return Base.str() + Done + (L.IsSwift ? "()" : "();") + L.LineEnding;
}

/// The moved statements and what they need computed again.
std::vector<Part> FillerText::parts(StringRef Base) const {
  std::vector<Part> Parts;
  if (N.Decision && !N.Decision->InCaller)
    Parts.push_back({N.Decision->Where.Begin, N.Decision->Where.Begin,
                     lines(N.Decision->Lines, Base)});
  for (const Needs::Recomputed &P : N.Need->prelude(Leave))
    Parts.push_back({P.DeclaredBy->Where.Begin, P.DeclaredBy->Where.End,
                     again(P, Source, Base)});
  for (const PushGuard &G : N.Guards)
    Parts.push_back(
        {G.Question.Begin, G.Question.End, lines(question(G, *N.Need), Base)});
  auto Moves = [&](const Step &S) {
    StringRef From = Source.indentation(S.WithComments.Begin);
    Parts.push_back({S.WithComments.Begin, S.WithComments.End,
                     reindented(N.Need->text(S.WithComments), From, Base)});
  };
  for (unsigned I : N.Moved) {
    const Step &S = N.list()[I];
    if (auto It = N.Instead.find(I); It != N.Instead.end()) {
      std::string Lines = laidOut(It->second + "\n", Base, L.Unit, "\n");
      Parts.push_back({S.Where.Begin, S.Where.End,
                       comments(S, Base) + StringRef(Lines).rtrim().str()});
      continue;
    }
    Moves(S);
  }
  for (const Step *S : N.Deeper)
    Moves(*S);
  return Parts;
}

/// What stands in callback \p Depth, in the order in which the host has it. A
/// blank line between two statements stays.
std::string FillerText::body(StringRef Base, std::size_t Depth) const {
  std::vector<Part> Parts = parts(Base);
  llvm::erase_if(Parts,
                 [&](const Part &P) { return depthOf(P.Begin) != Depth; });
  bool IsLast = Depth == N.Callbacks.size();
  if (!IsLast)
    Parts.push_back({N.Callbacks[Depth].Owner->Where.Begin,
                     N.Callbacks[Depth].Owner->Where.End,
                     callback(Depth, Base)});
  llvm::stable_sort(Parts, [](auto &A, auto &B) { return A.Begin < B.Begin; });
  std::string Out = Depth == 0 ? callersPart(*N.Need, N.H, 0, Base) : "";
  for (std::size_t I = 0; I != Parts.size(); ++I) {
    if (I != 0 && Parts[I - 1].End < Parts[I].Begin) {
      StringRef Between = Source.text({Parts[I - 1].End, Parts[I].Begin});
      if (Between.trim() == "" && Between.count('\n') > 1)
        Out += L.LineEnding;
    }
    Out += Parts[I].Text + L.LineEnding;
  }
  if (IsLast)
    Out += identifier(Base) + end(Base);
  return Out;
}

/// A method or computed property as it stands; a struct has no @objc members.
std::string FillerText::verbatim(const CopiedMember &M, StringRef Base) const {
  const SourceFile &F = *M.In->Source;
  StringRef Text = F.text(M.Where);
  Text.consume_front("@objc ");
  return reindented(Text, F.indentation(M.Where.Begin), Base) + L.LineEnding;
}

/// Keeps the request's identifier findable once the server's push takes the
/// local notification's place.
std::string FillerText::identifier(StringRef Base) const {
  if (!N.Identifier)
    return "";
  std::string Id = N.Need->text(*N.Identifier);
  StringRef Template = L.IsSwift ? "// What the request was called; the system "
                                   "names a pushed one itself.\n"
                                   "$C.userInfo[\"notificationIdentifier\"] = "
                                   "$I\n"
                                 : "// What the request was called; the system "
                                   "names a pushed one itself.\n"
                                   "NSMutableDictionary *identified = "
                                   "[$C.userInfo mutableCopy];\n"
                                   "identified[@\"notificationIdentifier\"] = "
                                   "$I;\n"
                                   "$C.userInfo = identified;\n";
  std::string Out = laidOut(Template, Base, L.Unit, L.LineEnding);
  auto Put = [&](StringRef Mark, StringRef By) {
    for (std::size_t At = Out.find(Mark.str()); At != std::string::npos;
         At = Out.find(Mark.str(), At + By.size()))
      Out.replace(At, Mark.size(), By.str());
  };
  Put("$C", N.Parameter);
  Put("$I", Id);
  return Out;
}

} // namespace

static const char *SaysLocal =
    "/// What a message push shows: the same as the VoIP handler's local\n"
    "/// notification, which goes once the server sends alert pushes only.\n";

static const char *SaysBadge =
    "/// What a message push counts: the same badge as the VoIP handler's, "
    "which\n/// goes once the server sends alert pushes only.\n";

static const char *Says =
    "/// What a message push shows. Used by the notification service and, "
    "until "
    "the\n/// server sends alert pushes only, by the VoIP handler.\n";

static const char *SaysDecrypted =
    "/// What an encrypted push turns out to be. The notification service "
    "fills "
    "in what\n/// a message shows, and hands a call over to the app, which "
    "reports it.\n";

/// Above the method of such a type.
static const char *SaysReturned =
    "/// Fills $C for a message. For a call, returns the payload of the VoIP "
    "push\n/// that leads the app to report it, made of property-list "
    "values.\n";

static StringRef saysOf(const PostedNotification &N) {
  if (N.Decision)
    return SaysDecrypted;
  return N.IsBadge ? SaysBadge : N.staysInHandler() ? SaysLocal : Says;
}

static std::string saysReturned(const PostedNotification &N) {
  auto [Head, Tail] = StringRef(SaysReturned).split("$C");
  return (Head + N.Parameter + Tail).str();
}

/// The head of the method, without what follows it.
static std::string objcSignature(const SourceLayout &L,
                                 const PostedNotification &N) {
  StringRef Returns = N.Decision ? "(NSDictionary *)" : "(void)";
  std::string Head = "- " + Returns.str() + "fillContent";
  std::string First = Head + ":(UNMutableNotificationContent *)" + N.Parameter;
  StringRef Second = "fromUserInfo";
  std::string Indent(Head.size() - Second.size(), ' ');
  return First + L.LineEnding + Indent + Second.str() + ":(NSDictionary *)" +
         N.Need->dictionaryName();
}

static std::string swiftFiller(const SourceLayout &L, StringRef Name,
                               const PostedNotification &N,
                               const std::vector<std::string> &Modules) {
  FillerText T(L, N);
  std::string E = L.LineEnding;
  std::string S;
  for (const std::string &M : Modules)
    S += "import " + M + E;
  S +=
      E + laidOut(saysOf(N), "", L.Unit, E) + "struct " + Name.str() + " {" + E;
  bool Stored = false;
  for (const CopiedMember &M : N.Need->members())
    if (!T.isText(M)) {
      S += L.Unit + "private let " + M.Name +
           (M.Type.empty() ? "" : ": " + M.Type) + " = " + M.Initializer + E;
      Stored = true;
    }
  if (Stored)
    S += E;
  if (N.waits())
    S += L.Unit + "/// Calls `" + T.done() +
         "` when the content is filled, on any thread." + E;
  if (N.Decision)
    S += laidOut(saysReturned(N), L.Unit, L.Unit, E);
  S += L.Unit + "func fill(_ " + N.Parameter +
       ": UNMutableNotificationContent, from " + N.Need->dictionaryName() +
       ": [AnyHashable: Any]";
  if (N.waits())
    S += "," + E + L.Unit + "          then " + T.done() +
         ": @escaping () -> Void";
  S += std::string(")") + (N.Decision ? " -> [AnyHashable: Any]?" : "") + " {" +
       E;
  std::string Base = L.Unit + L.Unit;
  S += T.body(Base);
  if (N.Decision)
    S += Base + "return nil" + E;
  S += L.Unit + "}" + E;
  for (const CopiedMember &M : N.Need->members())
    if (T.isText(M))
      S += E + T.verbatim(M, L.Unit);
  return S + "}" + E;
}

static std::string objcDeclaration(const CopiedMember &M) {
  StringRef Type = StringRef(M.Type).trim();
  if (Type.empty())
    Type = "id";
  return Type.str() + (Type.ends_with("*") ? "" : " ") + M.Name;
}

/// A constant of the file; other code would not see it as a property.
static std::string objcConstant(const CopiedMember &M) {
  if (M.K == CopiedMember::Kind::Macro)
    return "#define " + M.Name + " " + M.Initializer;
  StringRef Type = StringRef(M.Type).trim();
  return "static " +
         (Type.ends_with("*") ? Type.str() + "const "
                              : "const " + Type.str() + " ") +
         M.Name + " = " + M.Initializer + ";";
}

/// The last parameter of a filler that waits, behind \p Space.
static std::string thenParameter(const PostedNotification &N, StringRef Done,
                                 StringRef Space) {
  return N.waits() ? (Space + "then:(void (^)(void))" + Done).str() : "";
}

static std::string objcFiller(const SourceLayout &L, StringRef Name,
                              const PostedNotification &N,
                              const std::vector<std::string> &Modules,
                              const std::vector<std::string> &Headers) {
  FillerText T(L, N);
  std::string E = L.LineEnding;
  std::string S = "#import \"" + Name.str() + ".h\"" + E;
  for (const std::string &H : Headers)
    S += "#import \"" + H + "\"" + E;
  for (const std::string &M : Modules)
    S += "#import <" + M + "/" + M + ".h>" + E;
  std::vector<const CopiedMember *> Stored, Constants;
  for (const CopiedMember &M : N.Need->members())
    if (!T.isText(M))
      (M.IsOfFile ? Constants : Stored).push_back(&M);
  for (const CopiedMember *M : Constants)
    S += (M == Constants.front() ? E : "") + objcConstant(*M) + E;
  if (!Stored.empty()) {
    S += E + "@interface " + Name.str() + " ()" + E;
    for (const CopiedMember *M : Stored)
      S += "@property (nonatomic, readonly) " + objcDeclaration(*M) + ";" + E;
    S += "@end" + E;
  }
  S += E + "@implementation " + Name.str() + E + E;
  if (!Stored.empty()) {
    S += "- (instancetype)init {" + E + L.Unit +
         "if ((self = [super init])) {" + E;
    for (const CopiedMember *M : Stored)
      S += L.Unit + L.Unit + "_" + M->Name + " = " + M->Initializer + ";" + E;
    S += L.Unit + "}" + E + L.Unit + "return self;" + E + "}" + E + E;
  }
  S += objcSignature(L, N) + thenParameter(N, T.done(), E + "               ") +
       " {" + E + T.body(L.Unit);
  if (N.Decision)
    S += L.Unit + "return nil;" + E;
  S += "}" + E;
  for (const CopiedMember &M : N.Need->members())
    if (T.isText(M))
      S += E + T.verbatim(M, "");
  return S + E + "@end" + E;
}

std::vector<NewFile>
ringfence::fillerSources(StringRef Folder, const SourceLayout &L,
                         StringRef Name, const PostedNotification &N,
                         const std::vector<std::string> &Modules,
                         const std::vector<std::string> &Headers) {
  std::string Path = (Folder.empty() ? "" : Folder.str() + "/") + Name.str();
  if (L.IsSwift)
    return {{Path + ".swift", swiftFiller(L, Name, N, Modules)}};
  std::string Done = FillerText(L, N).done();
  std::string Header = "#import <UserNotifications/UserNotifications.h>\n\n" +
                       saysOf(N).str() + "@interface " + Name.str() +
                       " : NSObject\n";
  if (N.waits())
    Header +=
        "/// Calls `" + Done + "` when the content is filled, on any thread.\n";
  Header += (N.Decision ? saysReturned(N) + "- (NSDictionary *)" : "- (void)") +
            "fillContent:(UNMutableNotificationContent *)" + N.Parameter +
            " fromUserInfo:(NSDictionary *)" + N.Need->dictionaryName() +
            thenParameter(N, Done, " ") + ";\n@end\n";
  return {{Path + ".h", laidOut(Header, "", L.Unit, L.LineEnding)},
          {Path + ".m", objcFiller(L, Name, N, Modules, Headers)}};
}

static std::string squeezed(StringRef Text) {
  std::string S;
  for (char C : Text)
    if (!llvm::isSpace(C))
      S += C;
  return S;
}

std::string ringfence::writtenFiller(const ProposeInput &In,
                                     const SourceLayout &L,
                                     const PostedNotification &N) {
  if (!N.staysInHandler() || !N.Blockers.empty() || !N.Need)
    return "";
  // What is set, line by line; the team fills placeholders.
  std::vector<std::string> Lines;
  std::string Text = fillerSources("", L, "Filler", N, {}, {}).back().Text;
  llvm::SmallVector<StringRef> All;
  StringRef(Text).split(All, '\n');
  for (StringRef Line : All)
    if (Line.trim().starts_with(N.Parameter + ".") &&
        !Line.contains("(suiteName: ") && !Line.contains("initWithSuiteName:"))
      Lines.push_back(squeezed(Line));
  for (const std::string &Path :
       In.Project.filesWith("UNMutableNotificationContent")) {
    const File *F = In.Project.file(Path);
    if (!F || F == N.H.In)
      continue;
    std::string Bytes = squeezed(F->Source->bytes());
    for (const Function &Fn : F->Functions)
      if (!Fn.Owner.empty() && !Fn.Body.empty() &&
          (Fn.Name == "fill" || Fn.Name == "fillContent:fromUserInfo:" ||
           Fn.Name == "fillContent:fromUserInfo:then:") &&
          llvm::all_of(Lines, [&](const std::string &Line) {
            return StringRef(Bytes).contains(Line);
          }))
        return Fn.Owner;
  }
  return "";
}

std::string ringfence::fillerCall(const PostedNotification &N, StringRef Name) {
  std::string From = N.Need->dictionaryInHost();
  if (N.H.language() == Language::Swift)
    return Name.str() + "().fill(" + N.Content + ", from: " + From + ")";
  return "[[[" + Name.str() + " alloc] init] fillContent:" + N.Content +
         " fromUserInfo:" + From + "];";
}
