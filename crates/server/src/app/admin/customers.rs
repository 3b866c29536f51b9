//! Customer users and the companies they belong to.

use super::accounts::{AccountChange, NewAccount};
use super::{Admin, PAGE_AND_ONE, administered, change, differing, page, part_of, subject};
use crate::app::{AppError, passwords};
use domain::person::sort_key;
use domain::{CompanyId, Kind, PersonId, Refusal, text};
use serde_json::json;
use store::{AdminChange, Company, PersonRow};
use uuid::Uuid;

impl Admin<'_> {
    /// A page of the customer users whose name, login or address has `part` in it, behind one.
    pub async fn customers_page(&self, part: &str, after: Option<Uuid>) -> Result<wire::AdminCustomers, AppError> {
        let (rows, next) = self.people_page(Kind::CustomerUser, part, after).await?;
        let ids: Vec<PersonId> = rows.iter().map(|row| row.id).collect();
        let mut details = self.app.store.account_details(&ids).await?;
        let versions = self
            .versions(Kind::CustomerUser.word(), ids.iter().map(|id| id.0))
            .await?;
        let customer = |row: PersonRow| wire::AdminCustomer {
            id: row.id.0,
            email: details.remove(&row.id).unwrap_or_default().email,
            version: versions.get(&row.id.0).copied().unwrap_or(0),
            login: row.login.unwrap_or_default(),
            name: row.name,
            company: row.company,
            valid: row.valid,
        };
        let customers = rows.into_iter().map(customer).collect();
        Ok(wire::AdminCustomers { customers, next })
    }

    /// Makes a customer user, with a password that is told this once or invited.
    pub async fn make_customer_of(&self, asks: &wire::MakeCustomer) -> Result<wire::NewPassword, AppError> {
        let password = (!asks.invited).then(passwords::generated);
        let named = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
        let new = NewAccount {
            login: asks.login.clone(),
            name: asks.name.clone(),
            password: password.clone(),
            company: named(&asks.company),
            email: named(&asks.email),
        };
        let id = self.add_customer_user(&new).await?.0;
        Ok(wire::NewPassword { id, password })
    }

    /// Gives a customer user these fields, if nobody changed the account since it was looked at.
    pub async fn change_customer_to(&self, id: PersonId, asks: &wire::ChangeCustomer) -> Result<(), AppError> {
        let wanted = AccountChange {
            name: Some(asks.name.clone()),
            email: Some(asks.email.trim().to_owned()),
            company: Some(asks.company.trim().to_owned()),
            valid: Some(asks.valid),
            version: Some(asks.version),
        };
        self.change_account(Kind::CustomerUser, id, &wanted).await
    }

    /// A page of the companies whose name has `part` in it, behind one.
    pub async fn companies_page(&self, part: &str, after: Option<Uuid>) -> Result<wire::AdminCompanies, AppError> {
        let store = &self.app.store;
        let part = part_of(part);
        let last = match after {
            Some(id) => store.company(CompanyId(id)).await?,
            None => None,
        };
        let place = last.map(|company| (sort_key(&company.name), company.id));
        let (key, id) = place.unwrap_or((String::new(), CompanyId(Uuid::nil())));
        let (rows, more) = page(store.companies_page(&part, (&key, id), PAGE_AND_ONE).await?);
        let next = rows.last().filter(|_| more).map(|(company, _)| company.id.0);
        let ids = rows.iter().map(|(company, _)| company.id.0);
        let versions = self.versions("company", ids).await?;
        let company = |(company, people): (Company, i64)| wire::AdminCompany {
            id: company.id.0,
            version: versions.get(&company.id.0).copied().unwrap_or(0),
            name: company.name,
            valid: company.valid,
            people,
        };
        let companies = rows.into_iter().map(company).collect();
        Ok(wire::AdminCompanies { companies, next })
    }

    /// Gives a company these fields, if nobody changed it since it was looked at.
    pub async fn change_company_to(&self, id: CompanyId, asks: &wire::ChangeCompany) -> Result<(), AppError> {
        change!(self, {
            let company = self.app.store.company(id).await?.ok_or(Refusal::NotFound)?;
            let of = subject("company", id.0);
            self.still(&of, asks.version).await?;
            let wanted = Company {
                id,
                name: text::name(&asks.name)?,
                valid: asks.valid,
            };
            let was = json!({ "name": company.name, "valid": company.valid });
            let is = json!({ "name": wanted.name, "valid": wanted.valid });
            let changed =
                differing(was, is).map(|(old, new)| administered(AdminChange::ChangeCompany(wanted), of, old, new));
            ((), Vec::from_iter(changed))
        })
    }
}
