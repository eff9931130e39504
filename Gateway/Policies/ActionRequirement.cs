using Microsoft.AspNetCore.Authorization;

namespace OrleansTicker.Gateway.Policies;

/// <summary>The policies must let the request's actor do something.</summary>
/// <param name="Action">What is to be done, such as <c>connection.list</c>.</param>
/// <param name="ResourceOf">What it is to be done to, as the request's route says.</param>
/// <param name="IsRead">Whether it only reads what changes all the time: the audit log then has the refusals, and not each of thousands of reads a second.</param>
internal sealed record ActionRequirement(string Action, Func<HttpContext, string> ResourceOf, bool IsRead = false) : IAuthorizationRequirement;
