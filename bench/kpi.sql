-- Figures as one would write them by hand over clean data. Sections begin with "-- name"; $words stand for other
-- sections, for days in quotes, or for what the two databases spell apart ($next_day and the like). fcr also counts what
-- it leaves out: solved before they were opened, contacts not counted, open, solved nobody knows when.

-- earns
l.v_out is null and l.period <> 'once' and not l.trial

-- yearly
l.amount * case l.period when 'month' then 12 when 'quarter' then 4 else 1 end

-- levels
sum(case when l.starts_on <= $before and (l.ends_on is null or l.ends_on >= $before) then $yearly else 0 end) as x,
sum(case when l.starts_on <= $last and (l.ends_on is null or l.ends_on >= $last) then $yearly else 0 end) as y

-- customers
(select coalesce(a.parent_id, a.id) as customer, l.currency, $levels
 from contract_line l join account a on a.id = l.account_id and a.v_out is null
 where $earns group by 1, 2) as c

-- items
(select coalesce(a.parent_id, a.id) as customer, l.currency, l.product_id, l.unit, $levels
 from contract_line l join account a on a.id = l.account_id and a.v_out is null
 where $earns group by 1, 2, 3, 4) as c

-- nrr
select currency, sum(case when x > 0 then y else 0 end) * 100.0 / sum(x) from $customers group by 1

-- grr
select currency, sum(case when x > 0 and y > 0 then case when x < y then x else y end else 0 end) * 100.0 / sum(x)
from $customers group by 1

-- retention
select sum(case when x > 0 and y > 0 then 1 else 0 end) * 100.0 / sum(case when x > 0 then 1 else 0 end)
from $customers

-- churn
select sum(case when x > 0 and y <= 0 then 1 else 0 end) * 100.0 / sum(case when x > 0 then 1 else 0 end)
from $customers

-- clv
select currency, avg(case when y > 0 then y end) / 10000.0
    / (1 - sum(case when x > 0 and y > 0 then 1 else 0 end) * 1.0 / sum(case when x > 0 then 1 else 0 end))
from $customers group by 1

-- arr
select currency, sum(case when y > 0 then y else 0 end) / 10000.0 from $customers group by 1

-- mrr
select currency, sum(case when y > 0 then y else 0 end) / 120000.0 from $customers group by 1

-- moves
with steps as (
    select coalesce(a.parent_id, a.id) as customer, l.currency, l.starts_on as d, $yearly as w
    from contract_line l join account a on a.id = l.account_id and a.v_out is null where $earns
    union all
    select coalesce(a.parent_id, a.id), l.currency, $next_day, -($yearly)
    from contract_line l join account a on a.id = l.account_id and a.v_out is null
    where $earns and l.ends_on is not null),
days as (select customer, currency, d, sum(w) as w from steps group by 1, 2, 3),
levels as (
    select *, sum(w) over (partition by customer, currency order by d) as level,
        row_number() over (partition by customer, currency order by d) as n
    from days where w <> 0),
moves as (
    select currency, w, case when level - w <= 0 then case when n = 1 then 'new' else 'reactivation' end
        when level <= 0 then 'churn' when w > 0 then 'expansion' else 'contraction' end as kind
    from levels where d > $before and d <= $last)

-- net-new-mrr
$moves select currency, sum(total) / 120000.0 from
(select currency, kind, count(*), sum(w) as total from moves group by 1, 2) as k group by 1

-- expansion
$moves select currency, sum(w) / 120000.0 from moves where kind = 'expansion' group by 1

-- upsell-rate
select count(distinct case when x > 0 and y > x then customer end) * 100.0
    / count(distinct case when t > 0 then customer end)
from (select c.*, sum(x) over (partition by customer) as t from $items) as i

-- cross-sell-rate
select count(distinct case when t > 0 and x <= 0 and y > 0 then customer end) * 100.0
    / count(distinct case when t > 0 then customer end)
from (select c.*, sum(x) over (partition by customer) as t from $items) as i

-- renewal-rate
with worth as (
    select l.contract_id, l.product_id, l.currency, k.account_id, k.starts_on, k.ends_on, sum($yearly) as w,
        sum(case when l.starts_on <= k.starts_on then $yearly else 0 end) as s
    from contract_line l join contract k on k.id = l.contract_id and k.v_out is null
    where $earns group by 1, 2, 3, 4, 5, 6),
due as (
    select d.contract_id, d.product_id, d.currency, d.ends_on, min(d.w) as w, sum(o.s) as o
    from worth d left join worth o on o.account_id = d.account_id and o.product_id = d.product_id
        and o.starts_on > d.starts_on and o.starts_on <= $next_end and o.ends_on > d.ends_on
    where d.ends_on > $before and d.ends_on <= $last group by 1, 2, 3, 4),
each as (select contract_id, currency, ends_on, sum(w) as w, coalesce(sum(o), 0) as o from due group by 1, 2, 3)
select currency, sum(case when o < w then o else w end) * 100.0 / sum(w) from each
where o > 0 or ends_on < $last group by 1

-- csat
select avg(case when score >= 40000 then 100.0 else 0 end) from survey_answer
where v_out is null and kind = 'csat' and at >= $first and at < $until

-- nps
select avg(case when score >= 90000 then 100.0 when score < 70000 then -100 else 0 end) from (
    select score, row_number() over (partition by coalesce(person_id, -id) order by at desc) as n from survey_answer
    where v_out is null and kind = 'nps' and at >= $first and at < $until) as s
where n = 1

-- solved
from ticket where v_out is null and solved_at >= $first and solved_at < $until

-- ttr
select $seconds $solved order by 1 limit 1 offset (select count(*) / 2 $solved)

-- fcr
select '', avg(case when fits then case when first_contact then 100.0 when not first_contact then 0 end end),
    count(case when not fits then 1 end), count(case when fits and first_contact is null then 1 end),
    count(case when status <> 'solved' and opened_at < $until then 1 end),
    count(case when status = 'solved' and solved_at is null then 1 end)
from (select *, case when solved_at >= $first and solved_at < $until then opened_at <= solved_at end as fits
      from ticket where v_out is null) as t
