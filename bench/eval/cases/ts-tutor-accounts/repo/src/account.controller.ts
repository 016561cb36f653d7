import { Body, Controller, Patch, Req, UseGuards } from "@nestjs/common";
import { InjectRepository } from "@nestjs/typeorm";
import type { Repository } from "typeorm";

import { ChangeAccount } from "./account.dto";
import { Account } from "./account.entity";
import { SessionGuard, type SignedRequest } from "./session.guard";

@Controller("account")
@UseGuards(SessionGuard)
export class AccountController {
  constructor(@InjectRepository(Account) private readonly accounts: Repository<Account>) {}

  // the pipe has validated the body
  @Patch()
  async change(@Req() request: SignedRequest, @Body() body: ChangeAccount): Promise<Account> {
    const account = await this.accounts.findOneByOrFail({ id: request.accountId });
    return this.accounts.save(this.accounts.merge(account, body));
  }
}
