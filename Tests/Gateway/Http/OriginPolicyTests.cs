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
    [InlineData("Production", null, "http://ticker.example", false)]
    [InlineData("Production", null, "https://ticker.example:8443", false)]
    [InlineData("Production", null, "https://ticker.example.evil.example", false)]
    [InlineData("Production", null, "null", false)]
    [InlineData("Production", null, null, true)]
    [InlineData("Production", "https://friend.example", "https://friend.example", true)]
    [InlineData("Production", "https://friend.example", "https://other.example", false)]
    [InlineData("Production", "*", "https://other.example", true)]
    [InlineData("Development", null, "https://other.example", true)]
    [InlineData("Development", "https://friend.example", "https://other.example", false)]
    public void Only_its_own_page_may_open_sockets_outside_Development_unless_others_are_listed(
        string environment, string? listed, string? origin, bool isAllowed)
    {
        var options = new OriginOptions { Origins = listed is null ? [] : [listed] };
        new OriginOptionsSetup(new HostingEnvironment { EnvironmentName = environment }).PostConfigure(null, options);
        var request = new DefaultHttpContext().Request;
        request.Scheme = "https";
        request.Host = new HostString("ticker.example");
        request.Headers.Origin = origin;

        Assert.Equal(isAllowed, new OriginPolicy(Options.Create(options)).Allows(request));
    }
}
