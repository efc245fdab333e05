"""A book with one account whose fourth quarter of 2025 is worth a review, and secrets that no customer may read."""

from __future__ import annotations

SECRETS = (
    "Their CFO wants to leave us for Rivalsoft in spring",
    "we would go down to eleven percent discount",
    "Brandt is drinking again",
)
"""Words of internal notes."""

BOOK = {
    "members.csv": "id,name,email,role\n1,Maya Lindqvist,maya.lindqvist@steward.example,account manager\n"
    "2,Otto Inside,otto@steward.example,sales engineer\n",
    "accounts.csv": "id,name,domain,owner_email,segment,country,currency\n"
    "A1,Nordwind Logistics,nordwind.example,maya.lindqvist@steward.example,mid-market,DE,EUR\n"
    "A2,Quiet GmbH,quiet.example,maya.lindqvist@steward.example,small,DE,EUR\n",
    "people.csv": "id,account_id,name,email,title,role\n"
    "P1,A1,Ana Ruiz,ana@nordwind.example,Head of Operations,champion\n"
    "P2,A1,Karl Brandt,karl@nordwind.example,CFO,economic buyer\n",
    "contracts.csv": "id,contract_number,account_id,product,quantity,amount,period,currency,starts_on,ends_on,"
    "auto_renew,notice_days\n"
    "C1,C-77,A1,Core,400,73456,year,EUR,2025-04-01,2026-03-31,true,60\n",
    "opportunities.csv": "id,account_id,name,kind,stage,amount,currency,opened_on,closed_on\n"
    "O1,A1,Upsell Zeppelin module,upsell,proposal,31337,EUR,2025-11-01,2026-05-01\n",
    "interactions.csv": "id,account_id,at,kind,author_email,people,subject,text,client_safe,url\n"
    "I1,A1,2025-10-07T10:00:00Z,meeting,maya.lindqvist@steward.example,Ana Ruiz,Rollout in Hamburg,"
    '"Ana said the rollout in Hamburg was a success and saved the team two days each month.",true,'
    "https://mail.steward.example/i1\n"
    "I2,A1,2025-11-12T09:00:00Z,call,maya.lindqvist@steward.example,Ana Ruiz,Slow exports,"
    '"Ana complained that exports are slow and that the problem is unresolved since summer.",true,\n'
    f'I3,A1,2025-12-02T09:00:00Z,note,otto@steward.example,,Churn risk,"{SECRETS[0]}. The risk is real.",false,\n'
    f"I4,A1,2025-12-10T09:00:00Z,call,maya.lindqvist@steward.example,Karl Brandt,Price,"
    f'"Karl asked about the price of the renewal; {SECRETS[1]} for a longer term.",false,\n'
    f'I5,A1,2025-12-12T09:00:00Z,note,otto@steward.example,,Karl,"{SECRETS[2]}, be careful with the decision.",false,\n'
    "I6,A1,2025-12-15T09:00:00Z,meeting,maya.lindqvist@steward.example,Ana Ruiz,Berlin,"
    '"Decided to open the second site in Berlin by March. Ana requested an audit log for it.",true,\n',
    "promises.csv": "id,account_id,quote,by,owner_email,due_on,made_on,kept_on\n"
    "M1,A1,Train the night shift,us,maya.lindqvist@steward.example,2025-10-31,2025-10-07,2025-10-30\n"
    "M2,A1,Fix the slow exports,us,maya.lindqvist@steward.example,2025-12-01,2025-11-12,2025-12-20\n"
    "M3,A1,Send the audit log plan,us,maya.lindqvist@steward.example,2025-12-20,2025-12-15,\n"
    "M4,A1,Name an administrator for Berlin,them,,2026-03-20,2025-12-15,\n",
    "tickets.csv": "id,account_id,opened_at,solved_at,status,priority,subject\n"
    "T1,A1,2025-07-10T08:00:00Z,2025-07-12T08:00:00Z,solved,high,Login fails\n"
    "T2,A1,2025-08-10T08:00:00Z,2025-08-11T08:00:00Z,solved,low,Typo\n"
    "T3,A1,2025-09-10T08:00:00Z,2025-09-14T08:00:00Z,solved,low,Typo again\n"
    "T4,A1,2025-10-20T08:00:00Z,2025-10-20T20:00:00Z,solved,medium,Export stuck\n"
    "T5,A1,2025-11-20T08:00:00Z,2025-11-21T08:00:00Z,solved,medium,Export stuck again\n"
    "T6,A1,2025-12-01T08:00:00Z,2025-12-02T02:00:00Z,solved,low,Colour\n"
    "T7,A1,2025-12-30T08:00:00Z,,open,urgent,Nothing prints at Zeppelin hall\n",
    "surveys.csv": "id,account_id,person_email,survey,score,scale_min,scale_max,at,comment\n"
    "S1,A1,ana@nordwind.example,nps,9,0,10,2025-11-30T08:00:00Z,The people who help us are excellent\n"
    "S2,A1,karl@nordwind.example,nps,4,0,10,2025-12-01T08:00:00Z,Too expensive for what it does\n",
    "usage.csv": "account_id,on,days,metric,value,entitlement\n"
    + "".join(
        f"A1,2025-{month:02}-01,28,active_users,{value},400\n"
        for month, value in ((7, 200), (8, 210), (9, 220), (10, 250), (11, 280), (12, 310))
    ),
}
