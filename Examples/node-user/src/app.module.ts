import { Controller, Get, Module } from "@nestjs/common";

@Controller()
class Greeter {
  @Get()
  hello(): string {
    return "hello";
  }
}

@Module({ controllers: [Greeter] })
export class AppModule {}
