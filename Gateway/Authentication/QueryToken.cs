using System.Text;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.WebUtilities;

namespace OrleansTicker.Gateway.Authentication;

/// <summary>
/// The token that a request's query held. A feature of the request, for the query itself no longer holds it: addresses are
/// written into logs and traces by whoever sees a request.
/// </summary>
/// <param name="Value">The token, as presented; perhaps anything.</param>
internal sealed record QueryToken(string Value)
{
    /// <summary>What stands in its place.</summary>
    private const string Redacted = "redacted";

    /// <summary>Takes the token out of a request's query and target, and keeps it as a feature.</summary>
    public static void TakeOut(IFeatureCollection features)
    {
        if (features.Get<IHttpRequestFeature>() is not { } request || !TryTakeOut(request.QueryString, out var token, out var rest))
        {
            return;
        }

        request.QueryString = rest;
        request.RawTarget = request.RawTarget.IndexOf('?', StringComparison.Ordinal) is >= 0 and var start
            ? request.RawTarget[..start] + rest
            : request.RawTarget;
        if (token is not null)
        {
            features.Set(new QueryToken(token));
        }
    }

    /// <summary>The value without the token: records print what they hold.</summary>
    public override string ToString() => nameof(QueryToken);

    /// <summary>Whether there is a parameter of the token's name, in whatever spelling the platform would take for it.</summary>
    private static bool TryTakeOut(string query, out string? token, out string rest)
    {
        (token, rest) = (null, query);
        var hasFound = false;
        foreach (var pair in new QueryStringEnumerable(query))
        {
            if (pair.DecodeName().Span.Equals(PresentedToken.Name, StringComparison.OrdinalIgnoreCase))
            {
                hasFound = true;
                token ??= pair.DecodeValue() is { IsEmpty: false } value ? value.ToString() : null;
            }
        }

        if (!hasFound)
        {
            return false;
        }

        var kept = new StringBuilder();
        foreach (var pair in new QueryStringEnumerable(query))
        {
            var isToken = pair.DecodeName().Span.Equals(PresentedToken.Name, StringComparison.OrdinalIgnoreCase);
            kept.Append(kept.Length == 0 ? '?' : '&').Append(pair.EncodedName).Append('=');
            _ = isToken ? kept.Append(Redacted) : kept.Append(pair.EncodedValue);
        }

        rest = kept.ToString();
        return true;
    }
}
