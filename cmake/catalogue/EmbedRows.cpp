//===-- EmbedRows.cpp - the catalogue's files as a table -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// embed-rows OUT RECEIVERS ROWS…: runs at build time and writes the YAML files
// of the effects catalogue as C++ arrays. Reading the YAML at each start took
// longer than scanning a large tree; and a row that does not parse breaks the
// build, with its line.
//
//===----------------------------------------------------------------------===//

#include "matchers/effects/Rows.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/raw_ostream.h"

using namespace ringfence;
using namespace ringfence::effects;
using llvm::StringRef;

static std::string quoted(StringRef Text) {
  std::string S = "\"";
  llvm::raw_string_ostream OS(S);
  llvm::printEscapedString(Text, OS); // hexadecimal escapes, as \22
  std::string Octal;
  for (std::size_t I = 0; I != S.size(); ++I) {
    if (S[I] != '\\' || I + 2 >= S.size() || S[I + 1] == '\\') {
      Octal += S[I];
      if (S[I] == '\\')
        Octal += S[++I];
      continue;
    }
    unsigned char C =
        static_cast<unsigned char>(llvm::hexFromNibbles(S[I + 1], S[I + 2]));
    Octal += '\\';
    for (int Shift : {6, 3, 0})
      Octal += static_cast<char>('0' + ((C >> Shift) & 7));
    I += 2;
  }
  return Octal + "\"";
}

template <typename Enumeration>
static std::string cast(StringRef Type, Enumeration E) {
  return (Type + "(" + llvm::Twine(static_cast<unsigned>(E)) + ")").str();
}

static void write(llvm::raw_ostream &OS, const Api &A) {
  auto word = [](bool B) { return B ? "true" : "false"; };
  int ByName = A.ByName ? (*A.ByName ? 1 : 0) : -1;
  OS << "    {" << quoted(A.Swift) << ", " << quoted(A.ObjC) << ", "
     << cast("Effect", A.E) << ", " << cast("Destination", A.D) << ", "
     << cast("Runs", A.ClosuresRun) << ", "
     << cast("Api::InExtension", A.Extension) << ", " << word(A.Reports) << ", "
     << word(A.Blocks) << ", " << word(A.IsAsync) << ", " << word(A.NoReturn)
     << ", " << word(A.Keyword) << ", " << ByName << ",\n     "
     << quoted(llvm::join(A.CallsBack, "\n")) << ", " << quoted(A.Note) << ", "
     << quoted(A.Source) << "},\n";
}

static llvm::Error embed(int Argc, char **Argv) {
  std::error_code EC;
  std::string Text;
  llvm::raw_string_ostream OS(Text);
  OS << "#include \"matchers/effects/Rows.h\"\n\n"
        "using namespace ringfence;\n"
        "using namespace ringfence::effects;\n\n"
        "static constexpr PackedRow Rows[] = {\n";
  auto read = [](const char *Path) {
    return llvm::errorOrToExpected(llvm::MemoryBuffer::getFile(Path));
  };
  for (int I = 3; I < Argc; ++I) {
    auto Buffer = read(Argv[I]);
    if (!Buffer)
      return Buffer.takeError();
    auto Apis = parseRows({Argv[I], (*Buffer)->getBuffer()});
    if (!Apis)
      return Apis.takeError();
    for (const Api &A : *Apis)
      write(OS, A);
  }
  OS << "};\n\nstatic constexpr PackedReceiver Receivers[] = {\n";
  auto Buffer = read(Argv[2]);
  if (!Buffer)
    return Buffer.takeError();
  auto Receivers = parseReceivers({Argv[2], (*Buffer)->getBuffer()});
  if (!Receivers)
    return Receivers.takeError();
  for (const ReceiverRow &R : *Receivers)
    OS << "    {" << quoted(R.Type) << ", " << quoted(R.Is) << ", "
       << quoted(llvm::join(R.Named, "\n")) << "},\n";
  OS << "};\n\n"
        "llvm::ArrayRef<PackedRow> effects::builtinRows() { return Rows; }\n"
        "llvm::ArrayRef<PackedReceiver> effects::builtinReceivers() {\n"
        "  return Receivers;\n}\n";
  llvm::raw_fd_ostream Out(Argv[1], EC);
  if (EC)
    return llvm::errorCodeToError(EC);
  Out << Text;
  return llvm::Error::success();
}

int main(int Argc, char **Argv) {
  if (Argc < 4) {
    llvm::errs() << "usage: embed-rows OUT RECEIVERS ROWS…\n";
    return 2;
  }
  if (llvm::Error E = embed(Argc, Argv)) {
    llvm::errs() << llvm::toString(std::move(E)) << '\n';
    return 1;
  }
}
