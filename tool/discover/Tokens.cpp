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

/// A token and two of its letters that rarely stand that far apart in source:
/// a block of text without such a pair needs no closer look.
struct Spelling {
  llvm::StringLiteral Text;
  Token T;
  unsigned FirstAt;
  unsigned Distance;
};

constexpr Spelling Spellings[NumTokens] = {
    {"didReceiveIncoming", Token::DidReceiveIncoming, 10, 7}, // I......g
    {"PKPushRegistry", Token::PKPushRegistry, 1, 1},          // KP
    {"managedPush", Token::ManagedPush, 0, 7},                // m......P
    {"reportNewIncoming", Token::ReportNewIncoming, 9, 7},    // I......g
    {"CXProvider", Token::CXProvider, 1, 1},                  // XP
    {"UNNotificationServiceExtension", Token::NotificationService, 0, 14},
    {"BGTaskScheduler", Token::BGTaskScheduler, 0, 2}, // B.T
};
constexpr std::size_t MaxDistance = 14;

// GCC's and Clang's portable vectors; the compiler picks the instructions.
typedef unsigned char Vector __attribute__((vector_size(32)));
constexpr std::size_t BlockSize = 2 * sizeof(Vector);

Vector load(const char *P) {
  Vector V;
  std::memcpy(&V, P, sizeof V);
  return V;
}

/// Non-zero where letter \p A stands, and \p B \p Distance bytes behind it.
template <char A, char B, unsigned Distance> Vector pairs(const char *P) {
  return (Vector)((load(P) == (unsigned char)A) &
                  (load(P + Distance) == (unsigned char)B));
}

#if defined(__x86_64__) && defined(__linux__) && defined(__GNUC__) &&          \
    !defined(__clang__) && !defined(__SANITIZE_ADDRESS__)
#define RINGFENCE_VECTOR __attribute__((target_clones("avx2", "default")))
#else
#define RINGFENCE_VECTOR
#endif

/// First block from \p At on that holds one of the pairs above, or \p End. The
/// MaxDistance bytes behind the last block are readable.
RINGFENCE_VECTOR std::size_t nextBlock(const char *Bytes, std::size_t At,
                                       std::size_t End) {
  for (; At != End; At += BlockSize) {
    Vector Any = {};
    for (std::size_t I = 0; I != BlockSize; I += sizeof(Vector)) {
      const char *P = Bytes + At + I;
      Any |= pairs<'I', 'g', 7>(P) | pairs<'K', 'P', 1>(P) |
             pairs<'m', 'P', 7>(P) | pairs<'X', 'P', 1>(P) |
             pairs<'U', 'S', 14>(P) | pairs<'B', 'T', 2>(P);
    }
    std::uint64_t Words[sizeof(Vector) / 8];
    std::memcpy(Words, &Any, sizeof Any);
    if (Words[0] | Words[1] | Words[2] | Words[3])
      return At;
  }
  return End;
}

/// Adds the tokens whose pair begins in [From, To) of \p Bytes.
void lookCloser(llvm::StringRef Bytes, std::size_t From, std::size_t To,
                TokenSet &Found) {
  for (const Spelling &S : Spellings) {
    if (Found.has(S.T))
      continue;
    char First = S.Text[S.FirstAt];
    for (std::size_t At = From; At < To; ++At)
      if (Bytes[At] == First && At >= S.FirstAt &&
          Bytes.substr(At - S.FirstAt).starts_with(S.Text))
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
  std::size_t End = Bytes.size() > MaxDistance
                        ? (Bytes.size() - MaxDistance) / BlockSize * BlockSize
                        : 0;
  for (std::size_t At = 0; (At = nextBlock(Bytes.data(), At, End)) != End;
       At += BlockSize)
    lookCloser(Bytes, At, At + BlockSize, Found);
  lookCloser(Bytes, End, Bytes.size(), Found);
  return Found;
}
