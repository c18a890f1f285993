//===-- Tokens.cpp - the words that make a file worth reading -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tool/discover/Tokens.h"
#include <cstring>

using namespace ringfence;

namespace {

struct Spelling {
  llvm::StringLiteral Text;
  Token T;
};

constexpr Spelling Spellings[NumTokens] = {
    {"didReceiveIncoming", Token::DidReceiveIncoming},
    {"PKPushRegistry", Token::PKPushRegistry},
    {"managedPush", Token::ManagedPush},
    {"reportNewIncoming", Token::ReportNewIncoming},
    {"CXProvider", Token::CXProvider},
    {"UNNotificationServiceExtension", Token::NotificationService},
    {"BGTaskScheduler", Token::BGTaskScheduler},
};

// Every spelling holds one of these pairs of neighbours, and source text
// rarely does: a block without any of them needs no closer look.
//   wI reportNewIncoming    eI didReceiveIncoming   KP PKPushRegistry
//   dP managedPush          XP CXProvider           GT BGTaskScheduler
//   UN UNNotificationServiceExtension
constexpr std::size_t BlockSize = 64;

#if defined(__x86_64__) && defined(__linux__) && defined(__GNUC__) &&          \
    !defined(__SANITIZE_ADDRESS__)
#define RINGFENCE_VECTOR __attribute__((target_clones("avx2", "default")))
#else
#define RINGFENCE_VECTOR
#endif

/// Whether a pair may begin in the BlockSize bytes at \p P; P[BlockSize] is
/// readable. Written so that a compiler makes vector code of it.
RINGFENCE_VECTOR bool holdsPair(const char *P) {
  unsigned char Any = 0;
  for (std::size_t I = 0; I != BlockSize; ++I) {
    unsigned char A = static_cast<unsigned char>(P[I]);
    unsigned char B = static_cast<unsigned char>(P[I + 1]);
    unsigned char BeforeI = (A == 'w') | (A == 'e');
    unsigned char BeforeP = (A == 'K') | (A == 'd') | (A == 'X');
    Any |= (BeforeI & (B == 'I')) | (BeforeP & (B == 'P')) |
           ((A == 'G') & (B == 'T')) | ((A == 'U') & (B == 'N'));
  }
  return Any != 0;
}

/// How far into spelling I its pair stands.
constexpr std::size_t PairAt[NumTokens] = {9, 1, 6, 8, 1, 0, 1};

/// Adds the tokens whose pair begins in [From, To) of \p Bytes.
void lookCloser(llvm::StringRef Bytes, std::size_t From, std::size_t To,
                TokenSet &Found) {
  for (unsigned I = 0; I != NumTokens; ++I) {
    const Spelling &S = Spellings[I];
    char First = S.Text[PairAt[I]];
    char Second = S.Text[PairAt[I] + 1];
    std::size_t Last = Bytes.size() - 1;
    for (std::size_t At = From; At != To && At < Last; ++At)
      if (Bytes[At] == First && Bytes[At + 1] == Second && At >= PairAt[I] &&
          Bytes.substr(At - PairAt[I]).starts_with(S.Text))
        Found.add(S.T);
  }
}

} // namespace

llvm::StringRef ringfence::spelling(Token T) {
  return Spellings[static_cast<unsigned>(T)].Text;
}

std::optional<Token> ringfence::tokenSpelled(llvm::StringRef Word) {
  for (const Spelling &S : Spellings)
    if (S.Text == Word)
      return S.T;
  return std::nullopt;
}

TokenSet ringfence::scanTokens(llvm::StringRef Bytes) {
  TokenSet Found;
  std::size_t At = 0;
  for (; At + BlockSize < Bytes.size(); At += BlockSize)
    if (holdsPair(Bytes.data() + At))
      lookCloser(Bytes, At, At + BlockSize, Found);
  if (At < Bytes.size())
    lookCloser(Bytes, At, Bytes.size(), Found);
  return Found;
}
