using Microsoft.AspNetCore.Authorization;

namespace OrleansTicker.Gateway.Policies;

/// <summary>The policies must let the request's actor do something.</summary>
/// <param name="Action">What is to be done, such as <c>connection.list</c>.</param>
/// <param name="ResourceOf">What it is to be done to, as the request's route says.</param>
internal sealed record ActionRequirement(string Action, Func<HttpContext, string> ResourceOf) : IAuthorizationRequirement;
