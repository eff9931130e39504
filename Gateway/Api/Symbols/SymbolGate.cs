using Microsoft.AspNetCore.Http.Features;
using OrleansTicker.Gateway.Audit;
using OrleansTicker.Gateway.Authentication;
using OrleansTicker.Gateway.Http;
using OrleansTicker.Grains.Interfaces.Policies;

namespace OrleansTicker.Gateway.Api.Symbols;

/// <summary>Asks the policies whether somebody may see a symbol: the same action and resource as for a subscription.</summary>
internal sealed class SymbolGate(IPolicies policies, IAuditLog audit)
{
    /// <summary>What clients are told about a symbol that does not exist, and about one that they may not see.</summary>
    public const string NoSuchSymbol = "no such symbol";

    private const string Action = "symbol.subscribe";
    private const string Kind = "symbol:";
    private const int StackBufferLength = 64;

    /// <summary>Whether an actor may see a symbol.</summary>
    public bool Allows(AuthenticatedActor actor, RequestDetails request, string symbol)
    {
        // Asked for thousands of symbols at once, so it should not allocate.
        Span<char> buffer = stackalloc char[StackBufferLength];
        return buffer.TryWrite($"{Kind}{symbol}", out var length)
            ? policies.Allows(actor.Actor, actor.Scope, Action, buffer[..length], request.Metadata)
            : policies.Allows(actor.Actor, actor.Scope, Action, $"{Kind}{symbol}", request.Metadata);
    }

    /// <summary>Whether a request may see the symbol that it names. A denial is recorded in the audit log.</summary>
    /// <param name="context">The request; it has an <see cref="AuthenticatedActor"/>.</param>
    /// <param name="symbol">The symbol, which need not exist.</param>
    public bool MaySee(HttpContext context, string symbol)
    {
        var actor = context.Features.GetRequiredFeature<AuthenticatedActor>();
        var request = RequestDetails.Of(context);
        var isAllowed = Allows(actor, request, symbol);
        if (!isAllowed)
        {
            audit.Write(AuditEvent.Of(request.Address, Action, $"{Kind}{symbol}", isAllowed, actor.Actor.Id, "by policy"));
        }

        return isAllowed;
    }
}
