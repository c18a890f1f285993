//===-- Scratch.h - a folder that a test may fill -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef RINGFENCE_TEST_UNIT_SCRATCH_H
#define RINGFENCE_TEST_UNIT_SCRATCH_H

#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <sstream>
#include <string>
#include <unistd.h>

namespace ringfence::test {

/// A folder of the test's own, removed with it.
class Scratch {
public:
  Scratch() {
    std::string Name =
        (std::filesystem::temp_directory_path() / "ringfence-XXXXXX").string();
    if (!::mkdtemp(Name.data()))
      ADD_FAILURE() << "cannot make " << Name;
    Path = std::filesystem::canonical(Name);
  }
  ~Scratch() {
    std::error_code Ignored;
    std::filesystem::remove_all(Path, Ignored);
  }

  std::string path() const { return Path.string(); }
  std::string at(const std::string &File) const {
    return (Path / File).string();
  }
  void write(const std::string &File, const std::string &Bytes) const {
    std::filesystem::create_directories((Path / File).parent_path());
    std::ofstream(Path / File, std::ios::binary) << Bytes;
  }
  std::string read(const std::string &File) const {
    std::ifstream In(Path / File, std::ios::binary);
    std::stringstream All;
    All << In.rdbuf();
    return All.str();
  }
  bool has(const std::string &File) const {
    return std::filesystem::exists(
        std::filesystem::symlink_status(Path / File));
  }

private:
  std::filesystem::path Path;
};

} // namespace ringfence::test

#endif
