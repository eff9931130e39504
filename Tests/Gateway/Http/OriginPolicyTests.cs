using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting.Internal;
using Microsoft.Extensions.Options;
using OrleansTicker.Gateway.Http;

namespace OrleansTicker.Tests.Gateway.Http;

public sealed class OriginPolicyTests
{
    [Theory]
    [InlineData("Production", null, "https://ticker.example", true)]
    [InlineData("Production", null, "https://TICKER.example", true)]
    [InlineData("Production", null, "wss://ticker.example", true)]
    [InlineData("Production", null, "http://ticker.example", false)]
    [InlineData("Production", null, "https://ticker.example:8443", false)]
    [InlineData("Production", null, "https://ticker.example.evil.example", false)]
    [InlineData("Production", null, "https://ticker.example, https://ticker.example", false)]
    [InlineData("Production", null, "null", false)]
    [InlineData("Production", null, null, true)]
    [InlineData("Production", "https://friend.example", "https://friend.example", true)]
    [InlineData("Production", "https://friend.example", "https://other.example", false)]
    [InlineData("Production", "https://friend.example", "http://friend.example", false)]
    [InlineData("Production", "https://Friend.example:443", "https://friend.example", true)]
    [InlineData("Production", "wss://friend.example", "https://friend.example", true)]
    [InlineData("Production", "https://bücher.example", "https://xn--bcher-kva.example", true)]
    [InlineData("Production", "https://bücher.example", "https://bücher.example", false)]
    [InlineData("Production", "*", "https://other.example", true)]
    [InlineData("Production", "*", "null", true)]
    [InlineData("Development", null, "https://other.example", true)]
    [InlineData("Development", "https://friend.example", "https://other.example", false)]
    public void Only_its_own_page_may_open_sockets_outside_Development_unless_others_are_listed(
        string environment, string? listed, string? origin, bool isAllowed)
    {
        var options = new OriginOptions { Origins = listed is null ? [] : [listed] };
        new OriginOptionsSetup(new HostingEnvironment { EnvironmentName = environment }).PostConfigure(null, options);

        Assert.Equal(isAllowed, new OriginPolicy(Options.Create(options)).Allows(RequestTo("https", "ticker.example", origin)));
    }

    [Theory]
    [InlineData("https", "ticker.example:443", "https://ticker.example", true)]
    [InlineData("wss", "ticker.example:443", "https://ticker.example", true)]
    [InlineData("http", "ticker.example:80", "http://ticker.example", true)]
    [InlineData("https", "[::1]:443", "https://[::1]", true)]
    [InlineData("https", "[0:0:0:0:0:0:0:1]", "https://[::1]", true)]
    [InlineData("https", "xn--bcher-kva.example:443", "https://xn--bcher-kva.example", true)]
    [InlineData("https", "bücher.example", "https://xn--bcher-kva.example", true)]
    [InlineData("http", "ticker.example:443", "https://ticker.example", false)]
    [InlineData("http", "ticker.example:443", "http://ticker.example", false)]
    [InlineData("https", "ticker.example:8443", "https://ticker.example", false)]
    [InlineData("https", "", "https://", false)]
    [InlineData("https", "", "null", false)]
    [InlineData("https", "[fe80::1%25eth0]", "https://[fe80::1%25eth0]", false)]
    public void The_own_origin_is_known_by_scheme_host_and_effective_port(string scheme, string host, string origin, bool isOwn) =>
        Assert.Equal(isOwn, new OriginPolicy(Options.Create(new OriginOptions())).Allows(RequestTo(scheme, host, origin)));

    [Theory]
    [InlineData("Bearer token", true)]
    [InlineData("bearer token", true)]
    [InlineData("Bearer ", false)]
    [InlineData("Basic dG9rZW4=", false)]
    public void Where_the_token_is_in_a_header_that_no_page_can_set_the_origin_does_not_count(string authorization, bool isAllowed)
    {
        var request = RequestTo("https", "ticker.example", "wss://other.example");
        request.Headers.Authorization = authorization;
        request.Headers.Cookie = "x-auth-token=token";

        Assert.Equal(isAllowed, new OriginPolicy(Options.Create(new OriginOptions())).Allows(request));
    }

    [Theory]
    [InlineData("https://friend.example/", "Cors:Origins holds 'https://friend.example/', which has a path: write scheme")]
    [InlineData("https://*.friend.example", "Cors:Origins holds 'https://*.friend.example', which has a wildcard")]
    [InlineData("friend.example", "Cors:Origins holds 'friend.example', which has no scheme")]
    [InlineData("null", "Cors:Origins holds 'null', which is what browsers send for pages without an origin")]
    public void A_setting_that_is_no_origin_is_refused_with_the_reason(string listed, string sentence)
    {
        var result = new OriginOptionsValidator().Validate(null, new OriginOptions { Origins = ["https://fine.example", listed] });

        Assert.StartsWith(sentence, result.FailureMessage, StringComparison.Ordinal);
    }

    private static HttpRequest RequestTo(string scheme, string host, string? origin)
    {
        var request = new DefaultHttpContext().Request;
        request.Scheme = scheme;
        request.Host = new HostString(host);
        request.Headers.Origin = origin;
        return request;
    }
}
