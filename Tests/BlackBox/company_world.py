"""A made-up company of 200 people and what they do in a month; everything follows from a seed."""
import random
from datetime import date, datetime, time, timedelta
from company_records import Span, working, working_days_from

SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗高梁郑谢宋唐许邓冯韩曹曾彭萧蔡潘田董袁于余叶蒋杜苏魏程吕丁沈任姚卢傅钟姜崔谭廖范汪陆金石戴贾韦夏邱方侯邹熊孟秦白江阎薛尹段雷黎史龙陶贺顾毛郝龚邵万钱严武戴莫孔向汤"
GIVEN = "芳伟娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华建文辉力红玉兰凤洁梅琳素云莲真环雪荣爱妹香月莺媛瑞凡佳嘉琼勤珍贞莉"
DEPARTMENTS = ["研发一部", "研发二部", "测试部", "产品部", "市场部", "销售部", "财务部", "综合部"]
VERBS = ["编写", "评审", "联调", "修复", "整理", "部署", "测试", "设计", "优化", "迁移", "对接", "验收"]
THINGS = ["登录模块", "支付接口", "数据报表", "权限方案", "移动端首页", "搜索服务", "用户手册", "培训材料", "监控告警", "合同模板",
          "采购清单", "推广页面", "客户画像", "结算脚本", "备份策略", "消息中心", "订单流程", "接口文档", "性能基线", "安全自查"]
PROJECTS = ["官网改版", "门户二期", "数据中台", "移动办公", "客户自助", "供应链协同", "智能客服", "费用报销", "仓储升级", "会员体系",
            "营销自动化", "质量平台", "设备管理", "知识库", "统一认证", "合同管理", "绩效系统", "门店巡检", "订单中心", "风控引擎"]
PRODUCTS = ["云主机", "对象存储", "企业邮箱", "视频会议", "设计协作", "代码托管", "客服系统", "财务软件", "人事系统", "杀毒软件",
            "数据库许可", "监控平台", "短信通道", "地图服务", "电子签章", "文档协作", "表单工具", "域名", "证书", "翻译工具"]
CUSTOMERS = ["华星", "东海", "北方工具", "早餐食品", "金桥", "远航", "蓝天", "长青", "瑞安", "同心", "汇通", "恒力", "新禾", "永丰", "大成"]
SESSIONS = [(9, 20), (10, 40), (13, 30), (15, 20), (16, 50)]


class Company:
    def __init__(self, seed, start, days):
        self.random, self.start = random.Random(seed), start
        self.end = start + timedelta(days=days)
        self.next = 0

    # What was there before

    def history(self):
        """(when, kind, rows) in the order in which they were brought in; each row is (id, fields)."""
        r, out = self.random, []
        before = datetime.combine(self.start - timedelta(days=1), time(18))
        out.append((datetime(2026, 6, 15, 9), "member", self.people()))
        out.append((datetime(2026, 6, 15, 9, 10), "customer", self.customers()))
        projects = self.projects()
        out.append((datetime(2026, 6, 15, 9, 20), "project", projects))
        contracts = self.contracts()
        out.append((datetime(2026, 6, 18, 10), "contract", contracts))
        out.append((datetime(2026, 6, 18, 10, 30), "account", self.accounts()))
        out.append((datetime(2026, 6, 22, 9), "risk", self.risks()))
        for month in (7, 8, 9):  # use is measured once a month, with a gap now and then
            rows = [(i, self.measure(f, date(2026, month, 11))) for i, f in contracts if "usage" in f and r.random() > 0.06]
            out.append((datetime(2026, month, 11, 10), "contract", rows))
        out.append((before - timedelta(days=3), "document", self.documents()))
        out.append((before - timedelta(days=3, minutes=-10), "material", self.materials()))
        out.append((before - timedelta(days=2), "goal", self.goals()))
        out.append((before - timedelta(days=2, minutes=-20), "budget", self.budgets()))
        out.append((before - timedelta(days=1), "opportunity", self.opportunities()))
        out.append((before - timedelta(days=1, minutes=-20), "feedback", self.feedback()))
        out.append((before - timedelta(hours=8), "meeting", self.meetings()))
        tasks = [self.task(day_of_making=None) for _ in range(2000)]
        middle = before - timedelta(days=4)
        out.append((middle, "task", tasks))
        touched = [(i, {"progress": round(r.random(), 2)}) for i, f in tasks if f["status"] == "进行中" and r.random() < 0.8]
        out.append((before - timedelta(hours=1), "task", touched))
        return out

    def measure(self, fields, day):
        """This month's figure: near the last one."""
        usage = min(1.0, max(0.02, round(fields["usage"] + self.random.uniform(-0.06, 0.06), 2)))
        return {"usage": usage, "measured_on": day}

    def people(self):
        r, rows, used = self.random, [], set()
        self.members = [f"m{n:03}" for n in range(1, 201)]
        self.heads = dict(zip(DEPARTMENTS, self.members[1:9]))
        self.leads = {d: [] for d in DEPARTMENTS}
        self.of = {}
        for n, id in enumerate(self.members):
            while True:
                name = r.choice(SURNAMES) + "".join(r.choice(GIVEN) for _ in range(r.choice([1, 2, 2])))
                if name not in used:
                    used.add(name)
                    break
            if n < 9:
                department, manager = (DEPARTMENTS[n - 1] if n else "综合部"), (self.members[0] if n else None)
            else:
                department = r.choices(DEPARTMENTS, [40, 36, 26, 18, 22, 30, 12, 16])[0]
                leads = self.leads[department]
                if len(leads) < 3:
                    leads.append(id)
                    manager = self.heads[department]
                else:
                    manager = r.choice(leads)
            self.of[id] = department
            rows.append((id, {"name": name, "email": f"{id}@example.com", "phone": f"138{n:08}", "department": department,
                              "manager": manager, "department_head": self.heads[department], "role": None, "active": True}))
        by = dict(rows)
        finance = [i for i in self.members if self.of[i] == "财务部"]
        office = [i for i in self.members if self.of[i] == "综合部" and i != self.members[0]]
        by[finance[0]]["role"] = "finance-director"
        for i in finance[1:3]:
            by[i]["role"] = "finance"
        for i, role in zip(office[1:], ["hr", "it", "it", "buyer", "buyer", "hr"]):
            by[i]["role"] = role
        self.buyers = [i for i in office if by[i]["role"] == "buyer"]
        self.present = [i for i in self.members]
        self.workers = self.members[9:]
        return rows

    def customers(self):
        r, rows = self.random, []
        for n in range(40):
            name = CUSTOMERS[n % 15] + ["", "科技", "集团"][n // 15]
            last = self.start - timedelta(days=r.randint(1, 13))
            rows.append((f"k{n + 1:02}", {
                "name": name, "email": f"k{n + 1:02}@customer.example" if r.random() < 0.7 else None,
                "owner": self.someone("销售部"), "status": "合作中" if r.random() < 0.9 else "已流失",
                "last_contact": datetime.combine(last, time(r.randint(9, 17), 0))}))
        self.customer_ids = [i for i, _ in rows]
        return rows

    def someone(self, department=None):
        pool = [i for i in self.present if self.of[i] == department and i != self.members[0]] if department else self.workers
        return self.random.choice(pool)

    def projects(self):
        r, rows = self.random, []
        managers = [i for leads in self.leads.values() for i in leads] + [self.someone() for _ in range(30)]
        for n in range(60):
            department = DEPARTMENTS[n % 6]
            manager = managers[n % len(managers)]
            begin = self.start - timedelta(days=r.randint(5, 150))
            finish = self.start + timedelta(days=r.randint(3, 200))
            passed = (self.start - begin).days / (finish - begin).days
            fields = {
                "name": PROJECTS[n % 20] + ["", "二期", "三期"][n // 20], "status": r.choices(["进行中", "未启动", "已完成"], [50, 4, 6])[0],
                "creator": self.heads[department], "manager": manager, "starts_on": begin, "ends_on": finish,
                "members": sorted(set(r.sample(self.workers, r.randint(4, 9)))),
                "progress": max(0.0, min(1.0, round(passed + r.gauss(0.0, 0.09), 2))) if r.random() < 0.75 else None,
                "budget": float(r.randint(10, 90) * 10000), "spent": None}
            fields["spent"] = round(fields["budget"] * min(1.1, max(0.05, passed * r.uniform(0.5, 1.1))), 2)
            if r.random() < 0.35:
                fields["customer"] = r.choice(self.customer_ids)
            if r.random() < 0.3:
                fields["pattern"] = "^(编写|评审|联调|修复|整理|部署|测试|设计|优化|迁移|对接|验收)"
            if r.random() < 0.05:
                fields["manager"] = None
            rows.append((f"p{n + 1:02}", fields))
        self.project_rows = dict(rows)
        self.project_ids = [i for i, _ in rows]
        return rows

    def contracts(self):
        r, rows = self.random, []
        self.owners = [self.someone() for _ in range(45)]
        for n in range(150):
            expires = self.start + timedelta(days=r.choice([r.randint(-6, 40), r.randint(30, 100), r.randint(60, 400)]))
            amount = float(r.choice([1800, 4200, 9800, 15000, 28000, 46000, 52000, 88000, 160000]))
            product = r.choice(PRODUCTS)
            fields = {
                "name": f"{product}（{n + 1}）", "vendor": r.choice(CUSTOMERS) + "软件", "product": f"{product}{n % 9}",
                "department": r.choice(DEPARTMENTS), "status": r.choices(["生效", "已续费", "已关闭"], [92, 3, 5])[0],
                "document": f"https://docs.example.com/c{n + 1}" if r.random() < 0.9 else None,
                "price_terms": "按年" if r.random() < 0.93 else None, "version": r.choice(["2024", "2025", "2026"]),
                "owner": r.choice(self.owners), "amount": amount, "last_amount": round(amount / r.uniform(0.95, 1.15), 2),
                "seats": r.choice([10, 20, 50, 100]) if r.random() < 0.95 else None,
                "starts_on": expires - timedelta(days=365), "expires_on": expires if r.random() < 0.98 else None,
                "auto_renew": r.random() < 0.35, "notice_period": Span(days=r.choice([15, 30, 45, 60]))}
            if r.random() < 0.6:
                fields.update(usage=round(r.choice([r.uniform(0.1, 0.33), r.uniform(0.4, 0.95)]), 2), measured_on=date(2026, 6, 18))
            rows.append((f"c{n + 1:03}", fields))
        self.contract_ids = [i for i, _ in rows]
        return rows

    def accounts(self):
        r, rows = self.random, []
        for n in range(600):
            fields = {"login": f"user{n + 1}", "status": "正常" if r.random() < 0.94 else "已禁用", "contract": r.choice(self.contract_ids),
                      "member": r.choice(self.members), "access": r.choice(["只读", "读写", "管理员"]),
                      "last_active": datetime.combine(self.start - timedelta(days=r.choice([1, 2, 3, 5, 8, 13, 21, 35, 60])), time(r.randint(9, 18)))}
            if n % 25 == 0:
                fields["expires_on"] = self.start + timedelta(days=r.randint(1, 45))
            rows.append((f"a{n + 1:03}", fields))
        self.account_ids = [i for i, _ in rows]
        return rows

    def risks(self):
        r, rows = self.random, []
        for n in range(100):
            rows.append((f"r{n + 1:03}", {
                "title": r.choice(["人手不足", "需求变更", "供应商延期", "性能不达标", "数据质量", "合规要求", "关键人离职"]) + f"（{n + 1}）",
                "status": r.choices(["跟踪中", "已消除"], [60, 40])[0], "project": r.choice(self.project_ids), "owner": self.someone(),
                "probability": r.choices([1, 2, 3, 4, 5], [25, 35, 25, 12, 3])[0], "impact": r.choices([1, 2, 3, 4, 5], [10, 30, 35, 18, 7])[0],
                "reviewed_on": self.start - timedelta(days=r.randint(0, 33)) if r.random() < 0.95 else None}))
        self.risk_ids = [i for i, _ in rows]
        return rows

    def documents(self):
        r = self.random
        rows = [(f"d{n + 1:03}", {"title": r.choice(["需求说明", "设计方案", "测试报告", "会议纪要", "验收单"]) + f"{n + 1}", "version": "1.0",
                                  "location": f"https://docs.example.com/d{n + 1}", "project": r.choice(self.project_ids),
                                  "owner": self.someone()}) for n in range(150)]
        self.document_ids = [i for i, _ in rows]
        return rows

    def materials(self):
        r, rows = self.random, []
        for n in range(60):
            least = float(r.choice([5, 10, 20, 50]))
            rows.append((f"w{n + 1:02}", {"name": f"物料{n + 1}", "unit": "件", "project": r.choice(self.project_ids), "minimum": least,
                                          "buyer": r.choice(self.buyers) if r.random() < 0.9 else None,
                                          "stock": least + r.randint(0, 30) if r.random() < 0.95 else least - 2}))
        self.material_ids = [i for i, _ in rows]
        return rows

    def goals(self):
        r = self.random
        return [(f"g{n + 1:02}", {"title": f"季度目标{n + 1}", "measure": "客户满意度 90 分" if r.random() < 0.92 else None,
                                  "owner": self.someone() if r.random() < 0.97 else None, "project": r.choice(self.project_ids),
                                  "due": date(2026, 12, 31) if r.random() < 0.95 else None, "status": "进行中"}) for n in range(60)]

    def budgets(self):
        return [(f"b-{q}-{n}", {"department": d, "period": f"2026-{q}", "reserve": float(self.random.randint(5, 40) * 10000)})
                for q in ("Q3", "Q4") for n, d in enumerate(DEPARTMENTS)] + [("b-all", {"period": "2026-Q4", "reserve": 600000.0})]

    def opportunities(self):
        r, rows = self.random, []
        for n in range(80):
            rows.append((f"o{n + 1:02}", {"title": f"商机{n + 1}", "status": r.choices(["跟进", "报价", "已成交", "丢单"], [35, 30, 15, 20])[0],
                                          "waiting_for": "客户确认" if r.random() < 0.12 else None, "customer": r.choice(self.customer_ids),
                                          "owner": self.someone("销售部"), "amount": float(r.randint(5, 80) * 1000),
                                          "close_on": self.start + timedelta(days=r.randint(10, 120))}))
        self.opportunity_ids = [i for i, _ in rows]
        return rows

    def feedback(self):
        rows = []
        for _ in range(40):
            rows.append(self.one_feedback("已回复" if self.random.random() < 0.95 else "待处理"))
        return rows

    def one_feedback(self, status):
        self.feedbacks = getattr(self, "feedbacks", 0) + 1
        answered = datetime.combine(self.start - timedelta(days=2), time(11)) if status == "已回复" else None
        return (f"f{self.feedbacks:03}", {"customer": self.random.choice(self.customer_ids), "text": "希望导出更快",
                                          "responsible": self.someone("销售部"), "status": status, "answered_at": answered})

    def meetings(self):
        r, rows = self.random, []
        for n in range(120):
            day = working_days_from(self.start, r.randint(-5, 30) or 1)
            rows.append((f"y{n + 1:03}", {"title": r.choice(["周会", "评审会", "对接会"]) + f"（{n + 1}）", "location": r.choice(["301", "302", None]),
                                          "project": r.choice(self.project_ids), "starts_at": datetime.combine(day, time(r.randint(9, 17), 30)),
                                          "attendees": r.sample(self.workers, r.randint(1, 4))}))
        self.meeting_ids = [i for i, _ in rows]
        return rows

    # Tasks

    def task(self, day_of_making):
        """One of the tasks at the start, or a new one."""
        r = self.random
        self.next += 1
        project = r.choice(self.project_ids)
        fields = self.project_rows[project]
        team = fields["members"] + ([fields["manager"]] if fields["manager"] else [])
        assignee = r.choice(team) if r.random() < 0.55 else r.choice(self.workers)
        if day_of_making is None:
            status = r.choices(["已完成", "待办", "进行中", "已取消"], [66, 25, 6, 3])[0]
            due = self.start + timedelta(days=r.randint(-70, -1) if status in ("已完成", "已取消") else r.choice([-2] + [r.randint(0, 60)] * 40))
        else:
            status, due = "待办", working_days_from(day_of_making, r.randint(3, 25))
        while not working(due):
            due += timedelta(days=1)
        when = datetime.combine(due, time(r.choice([12, 15, 18]), r.choice([0, 30]))) if r.random() < 0.15 else due
        fields = {"title": r.choice(VERBS) + r.choice(THINGS) + f"{self.next}", "status": status, "project": project, "assignee": assignee,
                  "creator": fields["manager"] or fields["creator"], "priority": r.randint(1, 5), "due": when,
                  "milestone": r.random() < 0.04, "progress": 1.0 if status == "已完成" else None,
                  "labels": ["内部"] if r.random() < 0.1 else None}
        if r.random() < 0.1:
            fields["starts_on"] = due - timedelta(days=5)
        if status == "已完成":
            fields["closed_at"] = datetime.combine(due, time(17))
        elif r.random() < (0.02 if day_of_making is None else 0.06):
            fields[r.choice(["assignee", "due"])] = None
        if r.random() < 0.02:
            fields["title"] = "临时：" + fields["title"]
        return f"t{self.next:04}", fields

    # What happens meanwhile: sessions of a working day, each a list of (kind, id, fields); fields None deletes

    def sessions(self, day, world):
        if not working(day):
            return [(datetime.combine(day, time(11, 20)), self.weekend(world))] if self.random.random() < 0.5 else []
        return [(datetime.combine(day, time(*at)), n) for n, at in enumerate(SESSIONS)]

    def weekend(self, world):
        task = self.random.choice([t for t in world.all("task") if t.open])
        return [("task", task.id, {"progress": round(self.random.random(), 2)})]

    def session(self, day, number, at, world):
        """The edits of one session, given how the records stand."""
        if isinstance(number, list):
            return number
        edits = self.task_edits(day, number, at, world)
        edits += [self.project_edits, self.sales_edits, self.contract_edits, self.other_edits, self.people_edits][number](day, at, world)
        seen, out = set(), []
        for kind, id, fields in edits:
            if (kind, id) not in seen:
                seen.add((kind, id))
                out.append((kind, id, fields))
        return out

    def task_edits(self, day, number, at, world):
        r, edits = self.random, []
        mine, everything = {}, world.all("task")
        still = [t for t in everything if t.open]
        for t in still:
            if t.d.get("assignee"):
                mine.setdefault(t.d["assignee"], []).append(t)
        for person in sorted(mine):
            if person not in self.present or r.random() > 0.3:
                continue
            tasks = sorted(mine[person], key=lambda t: (str(t.due or "9"), t.id))
            doing = [t for t in tasks if t.status == "进行中"]
            if doing:
                edits += self.progress(r.choice(doing), day, at)
            elif tasks[0].status == "待办" and r.random() < 0.8:
                edits.append(("task", tasks[0].id, {"status": "进行中", "progress": 0.1}))
            if r.random() < 0.05:
                edits.append(("task", r.choice(tasks).id, {"status": "进行中"}))
            if number == 4 and r.random() < 0.8:  # before going home, most people look through their list
                edits += [("task", t.id, {"note": f"{day:%m-%d} 已核对"}) for t in tasks if t.updated_at.date() < day]
        for t in still:
            if r.random() < 0.002:
                edits.append(("task", t.id, {"due": working_days_from(day, r.randint(2, 15))}))
            elif t.status == "阻塞" and r.random() < 0.08:
                edits.append(("task", t.id, {"status": "进行中", "waiting_for": None}))
            elif (t.assignee is None or t.due is None) and r.random() < 0.3:
                edits.append(("task", t.id, {"assignee": t.d.get("assignee") or self.someone(), "due": t.due or working_days_from(day, 8)}))
            elif t.d.get("assignee") and t.d["assignee"] not in self.present and r.random() < 0.4:
                edits.append(("task", t.id, {"assignee": self.someone()}))
        if r.random() < 0.15:
            edits.append(("task", r.choice([t.id for t in everything if t.status == "已完成"]), {"status": "进行中", "closed_at": None}))
        edits += [("task", *self.task(day)) for _ in range(r.randint(3, 9))]
        old = [t.id for t in everything if t.status == "已取消"]
        if number == 2 and old and r.random() < 0.5:
            edits.append(("task", r.choice(old), None))
        return edits

    def progress(self, task, day, at):
        r, so_far = self.random, task.progress or 0.1
        if so_far > 0.7 or r.random() < 0.1:
            return [("task", task.id, {"status": "已完成", "progress": 1.0, "closed_at": at})]
        if r.random() < 0.03:
            return [("task", task.id, {"status": "阻塞", "waiting_for": r.choice(["接口权限", "客户提供数据", "采购到货", None])})]
        return [("task", task.id, {"progress": round(so_far + r.uniform(0.05, 0.25), 2)})]

    def project_edits(self, day, at, world):
        r, edits = self.random, []
        for p in world.all("project"):
            if not p.open:
                if r.random() < 0.004:
                    edits.append(("project", p.id, {"status": "进行中"}))
            elif p.ends_on <= day and r.random() < 0.5:
                edits.append(("project", p.id, {"status": "已完成", "progress": 1.0}))
            elif p.progress is not None and r.random() < 0.25:
                passed = (day - p.starts_on).days / (p.ends_on - p.starts_on).days
                fields = {"progress": max(p.progress, min(1.0, round(passed + r.gauss(0, 0.05), 2)))}
                if p.budget is not None and r.random() < 0.5:
                    fields["spent"] = round(min(p.budget * 1.05, p.spent + p.budget * r.uniform(0, 0.04)), 2)
                edits.append(("project", p.id, fields))
            elif r.random() < 0.02:
                edits.append(("project", p.id, {"members": sorted({*p.d["members"], r.choice(self.workers)})}))
        if r.random() < 0.1:
            edits.append(("project", "p" + str(61 + (day - self.start).days), {
                "name": r.choice(["新建项目", "未命名", "门户 三期"]), "status": "进行中", "creator": self.someone(), "manager": self.someone(),
                "starts_on": day, "ends_on": day + timedelta(days=60), "members": []}))
        return edits

    def sales_edits(self, day, at, world):
        r, edits = self.random, []
        for k in world.all("customer"):
            quiet = (at - k.last_contact).days
            if k.open and r.random() < (0.5 if quiet > 9 else 0.06):
                edits.append(("customer", k.id, {"last_contact": at.replace(minute=0)}))
        for o in world.all("opportunity"):
            if o.open and r.random() < 0.06:
                edits.append(("opportunity", o.id, r.choice([{"status": "报价"}, {"status": "已成交"}, {"waiting_for": "客户确认"}, {"waiting_for": None}])))
        for f in world.all("feedback"):
            if f.open and r.random() < 0.6:
                edits.append(("feedback", f.id, {"status": "已回复", "answered_at": at}))
        edits += [("feedback", *self.one_feedback("待处理")) for _ in range(r.randint(0, 3))]
        return edits

    def contract_edits(self, day, at, world):
        r, edits = self.random, []
        for k in world.all("contract"):
            if not k.open or k.expires_on is None:
                continue
            left = (k.expires_on - day).days
            if k.auto_renew:
                if left < 0:
                    edits.append(("contract", k.id, {"expires_on": k.expires_on.replace(year=k.expires_on.year + 1)}))
            elif left < 15 and r.random() < 0.12 or left < 0 and r.random() < 0.4:
                edits.append(("contract", k.id, r.choice([
                    {"status": "已续费", "amount": round(k.amount * r.uniform(0.9, 1.2), 2)}, {"status": "已续费"}, {"status": "不续费"}])))
            elif k.status == "生效" and left < 50 and r.random() < 0.02:
                edits.append(("contract", k.id, {"status": "待审批"}))
            elif r.random() < 0.003:
                edits.append(("contract", k.id, {"expires_on": k.expires_on + timedelta(days=r.choice([-7, 14, 30]))}))
            elif (k.document is None or k.seats is None or k.price_terms is None) and r.random() < 0.05:
                edits.append(("contract", k.id, {"document": "https://docs.example.com/x", "seats": 10, "price_terms": "按年"}))
        if day in (date(2026, 9, 30), date(2026, 10, 10)):
            edits = [e for e in edits if "usage" not in e[2]]
            edits += [("contract", k.id, self.measure(k.d, day)) for k in world.all("contract")
                      if k.usage is not None and r.random() > 0.05 and k.id not in {e[1] for e in edits}]
        asked = [k for k in world.all("contract") if k.open and k.expires_on and k.amount > 50000 and k.document is None]
        edits += [("contract", k.id, {"document": f"https://docs.example.com/{k.id}"}) for k in asked if r.random() < 0.1]
        for _ in range(r.randint(0, 2)):
            edits.append(("account", r.choice(self.account_ids), {"status": r.choice(["正常", "已禁用"])}))
        return edits

    def other_edits(self, day, at, world):
        r, edits = self.random, []
        for k in world.all("risk"):
            if k.open and r.random() < 0.05:
                edits.append(("risk", k.id, r.choice([{"reviewed_on": day}, {"reviewed_on": day}, {"status": "已消除"},
                                                       {"probability": r.randint(1, 5), "reviewed_on": day}])))
        for m in world.all("material"):
            if r.random() < 0.15:
                stock = max(0.0, m.stock - r.randint(1, 6)) if m.stock >= m.minimum else m.minimum + r.randint(10, 40)
                edits.append(("material", m.id, {"stock": stock}))
        for _ in range(r.randint(1, 6)):
            d = world.get("document", r.choice(self.document_ids))
            edits.append(("document", d.id, {"version": f"{float(d.version) + 0.1:.1f}"}))
        for m in world.all("meeting"):
            if m.starts_at > at and r.random() < 0.01:
                edits.append(("meeting", m.id, {"starts_at": m.starts_at + timedelta(hours=1)}))
        return edits

    def people_edits(self, day, at, world):
        """On three days somebody leaves; once somebody comes. Accounts that were used show it."""
        r, edits = self.random, []
        if (day - self.start).days in (3, 14, 24) and len(self.present) > 190:
            gone = r.choice([i for i in self.workers if i in self.present and i not in sum(self.leads.values(), [])])
            self.present.remove(gone)
            self.workers = [i for i in self.workers if i != gone]
            edits.append(("member", gone, {"active": False, "left_on": day}))
        if (day - self.start).days == 7:
            edits.append(("member", "m201", {"name": "欧阳新", "email": "m201@example.com", "phone": "13900000001", "department": "测试部",
                                             "manager": self.leads["测试部"][0], "department_head": self.heads["测试部"], "active": True}))
            self.of["m201"] = "测试部"
            self.present.append("m201")
            self.workers.append("m201")
        for a in world.all("account"):
            if a.open and r.random() < 0.02 and a.d["member"] in self.present:
                edits.append(("account", a.id, {"last_active": at.replace(minute=0)}))
        return edits

    def bulk(self, day, world):
        """One import of many: a new project with its plan."""
        team = self.random.sample(self.workers, 12)
        self.project_rows["p99"] = {"members": team, "manager": team[0], "creator": team[0]}
        rows = [("project", "p99", {"name": "年底大促", "status": "进行中", "creator": team[0], "manager": team[0], "members": team,
                                    "starts_on": day, "ends_on": date(2026, 12, 20), "progress": 0.0})]
        for _ in range(60):
            id, fields = self.task(day)
            fields.update(project="p99", assignee=self.random.choice(team), creator=team[0],
                          due=working_days_from(day, self.random.randint(1, 40)))
            rows.append(("task", id, fields))
        return rows
