using Microsoft.AspNetCore.Http.Features;
using Microsoft.Net.Http.Headers;
using OrleansTicker.Gateway.Authentication;
using OrleansTicker.Gateway.Limits;
using OrleansTicker.Gateway.Policies;

namespace OrleansTicker.Gateway.Api.Requests;

/// <summary>What all endpoints that answer with market data have in common.</summary>
internal static class MarketDataGroup
{
    private const string Action = "market.read";
    private const string Resource = "market";

    /// <summary>What an answer depends on beside its address: the token decides what is seen (RFC 9110, 12.5.5).</summary>
    private static readonly string Vary = string.Join(", ", HeaderNames.Authorization, HeaderNames.Cookie, HeaderNames.AcceptEncoding);

    private static readonly HttpMethodMetadata Methods = new([HttpMethods.Get, HttpMethods.Head]);

    /// <summary>
    /// Asks for a token, not in the query, whose policies allow to read the market, and limits requests by address and user. Each GET also answers
    /// HEAD, which the web server sends without the body.
    /// </summary>
    public static RouteGroupBuilder ForMarketData(this RouteGroupBuilder group)
    {
        group.RequireAllowedRead(Action, Resource).WithMetadata(new NoQueryTokenMetadata(), new ReadLimitMetadata());
        ((IEndpointConventionBuilder)group).Add(endpoint => endpoint.Metadata.Add(Methods)); // The last one counts.
        group.AddEndpointFilter(async (call, next) =>
        {
            var context = call.HttpContext;
            context.Response.Headers.Append(HeaderNames.Vary, Vary);
            var limits = context.RequestServices.GetRequiredService<ReadLimits>();
            return await limits.TryAdmitAsync(context, context.Features.GetRequiredFeature<AuthenticatedActor>().Actor.Id)
                ? await next(call)
                : Results.Empty;
        });
        return group;
    }
}
