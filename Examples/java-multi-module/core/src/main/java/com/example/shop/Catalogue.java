package com.example.shop;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What the shop sells. */
public final class Catalogue {
  private final List<String> goods;

  public Catalogue() throws IOException {
    goods = Files.readAllLines(Path.of("config/goods.txt"));
  }

  public String listed() {
    return String.join("\n", goods) + "\n";
  }
}
