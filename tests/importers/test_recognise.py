"""What a file is, from its header row alone, in the layouts and languages people export."""

from __future__ import annotations

import pytest

from bot.domain.records import Kind
from bot.importers.recognise import Unusable, recognise

KNOWN: list[tuple[Kind, str]] = [
    (Kind.ACCOUNTS, "Record ID,Company name,Company Domain Name,Company owner,Industry,Create Date,Country/Region"),
    (Kind.ACCOUNTS, "Datensatz-ID,Unternehmensname,Domainname des Unternehmens,Branche,Erstellungsdatum,Land/Region"),
    (Kind.ACCOUNTS, "ID de fiche d'informations,Nom de l'entreprise,Nom de domaine de l'entreprise,Secteur d'activité"),
    (Kind.ACCOUNTS, "ID de registro,Nombre de la empresa,Nombre de dominio de la empresa,Sector,Número de empleados"),
    (Kind.ACCOUNTS, "ID do registro,Nome da empresa,Nome de domínio da empresa,Setor,Receita anual"),
    (Kind.ACCOUNTS, "Record-ID,Bedrijfsnaam,Domeinnaam van bedrijf,Branche,Aantal werknemers"),
    (Kind.ACCOUNTS, "ID record,Nome azienda,Nome di dominio azienda,Settore,Numero di dipendenti"),
    (Kind.ACCOUNTS, "Post-ID,Företagsnamn,Företagets domännamn,Bransch,Antal anställda"),
    (Kind.ACCOUNTS, "レコードID,会社名,会社のドメイン名,業種,従業員数"),
    (Kind.ACCOUNTS, "account,sector,year_established,revenue,employees,office_location,subsidiary_of"),
    (Kind.ACCOUNTS, "Id,IsDeleted,MasterRecordId,Name,Type,ParentId,BillingCountry,Industry,OwnerId"),
    (Kind.ACCOUNTS, "external_id,name,domain,owner,segment"),
    (Kind.PEOPLE, "Record ID,First Name,Last Name,Email,Job Title,Associated Company IDs (Primary)"),
    (Kind.PEOPLE, "Datensatz-ID,Vorname,Nachname,E-Mail,Position"),
    (Kind.PEOPLE, "ID de l'enregistrement;Prénom;Nom de famille;E-mail;Intitulé du poste".replace(";", ",")),
    (Kind.PEOPLE, "レコードID,名,姓,Eメール,役職"),
    (Kind.PEOPLE, "Guid,AccountId,Email,FirstName,LastName,Title"),
    (Kind.PEOPLE, "user_id,signup_date,plan,acquisition_channel,country"),
    (Kind.OPPORTUNITIES, "Record ID,Deal Name,Pipeline,Deal Stage,Amount,Close Date,Deal owner"),
    (Kind.OPPORTUNITIES, "Datensatz-ID,Deal-Name,Deal-Phase,Betrag,Abschlussdatum"),
    (Kind.OPPORTUNITIES, "ID de fiche,Nom de la transaction,Phase de la transaction,Montant,Date de fermeture"),
    (Kind.OPPORTUNITIES, "ID de registro,Nombre del negocio,Etapa del negocio,Valor,Fecha de cierre"),
    (Kind.OPPORTUNITIES, "ID do registro,Nome do negócio,Etapa do negócio,Valor,Data de fechamento"),
    (Kind.OPPORTUNITIES, "Record-ID,Dealnaam,Dealfase,Bedrag,Sluitingsdatum"),
    (Kind.OPPORTUNITIES, "ID record,Nome trattativa,Fase trattativa,Importo,Data di chiusura"),
    (Kind.OPPORTUNITIES, "Post-ID,Affärsnamn,Affärsfas,Belopp,Stängningsdatum"),
    (Kind.OPPORTUNITIES, "レコードID,取引名,取引ステージ,金額,クローズ日"),
    (Kind.OPPORTUNITIES, "opportunity_id,sales_agent,product,account,deal_stage,engage_date,close_date,close_value"),
    (Kind.OPPORTUNITY_LINES, "Guid,Description,OpportunityId,Quantity,TotalPrice,UnitPrice"),
    (Kind.CONTRACTS, "subscription_id,account_id,start_date,end_date,plan_tier,seats,mrr_amount,arr_amount"),
    (Kind.CONTRACTS, "Kunde,Vertragsnummer,Vertragsbeginn,Vertragsende,Kündigungsfrist,Jahresbetrag (EUR)"),
    (Kind.CONTRACTS, "Société,Date de début,Date de fin,Préavis,Montant annuel"),
    (Kind.CONTRACTS, "Client,Product,ARR ($),Start date,Renewal date,Notice period"),
    (Kind.CONTRACTS, "Id,AccountId,ContractNumber,StartDate,EndDate,ContractTerm,Status"),
    (Kind.INTERACTIONS, "Date,Customer,Type,Subject,Notes,Owner"),
    (Kind.INTERACTIONS, "Id,WhoId,WhatId,Subject,ActivityDate,Status,OwnerId,Description"),
    (Kind.INTERACTIONS, "engagement_id,_fivetran_deleted,property_hs_timestamp,property_hs_note_body,type"),
    (Kind.COMMITMENTS, "Account,Promise,Due,Owner,Status"),
    (Kind.TICKETS, "ticket_id,account_id,submitted_at,closed_at,priority,satisfaction_score,escalation_flag"),
    (Kind.TICKETS, "Datensatz-ID,Ticketname,Ticketstatus,Priorität,Erstellungsdatum,Schließdatum"),
    (Kind.TICKETS, "Id,CaseNumber,AccountId,Subject,Status,Priority,CreatedDate,ClosedDate,IsClosed"),
    (Kind.SURVEYS, "response_id,user_id,score,comment,response_date"),
    (Kind.SURVEYS, "Email,NPS,Comment,Date"),
    (Kind.USAGE, "usage_id,subscription_id,usage_date,feature_name,usage_count"),
    (Kind.USAGE, "Customer,Month,Active users,Seats bought"),
    (Kind.USAGE, "event_id,user_id,timestamp,event_name"),
    (Kind.CHURN, "churn_event_id,account_id,churn_date,reason_code,is_reactivation"),
    (Kind.MEMBERS, "sales_agent,manager,regional_office"),
    (Kind.MEMBERS, "Id,Name,Email,IsActive,ManagerId,Division"),
    (Kind.PRODUCTS, "product,series,sales_price"),
    (Kind.ASSOCIATIONS, "company_id,deal_id,type_id,category"),
    (Kind.ASSOCIATIONS, "_fivetran_synced,ticket_id,contact_id,category"),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "header"), KNOWN, ids=[f"{kind.value}-{i}" for i, (kind, _) in enumerate(KNOWN)])
def test_the_kind_is_read_from_the_columns(kind: Kind, header: str) -> None:
    found = recognise(header.split(","), "export")
    assert not isinstance(found, Unusable), found
    assert [part.mapping.kind for part in found] == [kind]


@pytest.mark.parametrize(
    "header",
    ["City,Country,Name,State", "id,phrase,kind,reference_now,timezone",
    "id,metric,method,inputs_json,expected,unit", "a,b,c",
     "Category,Daily_Booking_Rate,Market,Maximum_Capacity,Name,Picture_URL,Type", "name,value",
     "date,open,high,low,close,volume",
     "deal_id,timestamp,source,name,value", "contact_id,contact_list_id,added_at",
     "id,_fivetran_synced,ip_address,user_agent",
     "tag,ticket_id,_fivetran_synced", "id,name,_fivetran_synced", "order_id,order_date,ship_mode,city,sales"],
)  # fmt: skip
def test_what_nothing_identifies_is_left_out(header: str) -> None:
    assert isinstance(recognise(header.split(","), "export"), Unusable)


def test_what_a_file_lacks_is_named() -> None:
    found = recognise(["Deal Name", "Owner", "Notes"], "deals")
    assert isinstance(found, Unusable)
    assert "a column for stage" in found.reason
    assert "Deal Name, Owner, Notes" in found.reason


def test_a_book_of_business_has_accounts_and_contracts() -> None:
    found = recognise(["Customer", "CSM", "Segment", "ARR", "Renewal Date", "Notice Period"], "book")
    assert not isinstance(found, Unusable)
    assert {part.mapping.kind for part in found} == {Kind.ACCOUNTS, Kind.CONTRACTS}


def test_a_column_fills_one_field_and_a_field_takes_one_column() -> None:
    found = recognise(["Company name", "Name", "Industry", "Sector", "Website"], "x")
    assert not isinstance(found, Unusable)
    fields = list(found[0].mapping.columns.values())
    assert len(fields) == len(set(fields))
    assert found[0].mapping.columns["Company name"] == "name"
