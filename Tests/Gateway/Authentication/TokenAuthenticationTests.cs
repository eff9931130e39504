using System.Net;
using OrleansTicker.Tests.Gateway.Tokens;
using OrleansTicker.Tests.Grains.Tokens;

namespace OrleansTicker.Tests.Gateway.Authentication;

public sealed class TokenAuthenticationTests(TokenSilo silo) : TokenGatewayTest(silo)
{
    private const string Required = """{"error":"authentication required"}""";

    public static TheoryData<string, string, string> Places => new()
    {
        { "/who", "Authorization", "Bearer TOKEN" },
        { "/who", "Authorization", "bEaReR  TOKEN" },
        { "/who", "Sec-WebSocket-Protocol", "bearer.TOKEN" },
        { "/who", "Sec-WebSocket-Protocol", "ticker.v1, bearer.TOKEN" },
        { "/who?x-auth-token=TOKEN", "Accept", "*/*" },
        { "/who", "Cookie", "a=b; x-auth-token=TOKEN" },
        { "/who", "Authorization", "Bearer\tTOKEN \t" },
        { "/who", "Sec-WebSocket-Protocol", "bearer. TOKEN , ticker.v1" },
        { "/who?x-auth-token=TOKEN%0A", "Accept", "*/*" },
        { "/who?x-auth-token=%20TOKEN%0D%0A", "Accept", "*/*" },
        { "/who", "Cookie", "x-auth-token=TOKEN%0A" },
        { "/who?x-auth-token=%0A", "Cookie", "x-auth-token=TOKEN" },
    };

    [Theory]
    [MemberData(nameof(Places))]
    public async Task A_token_is_found_wherever_it_may_be(string path, string header, string value)
    {
        var token = await IssueAsync();
        using var response = await GetAsync(path.Replace("TOKEN", token, StringComparison.Ordinal), (header, value.Replace("TOKEN", token, StringComparison.Ordinal)));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.True(Silo.Signer.TryVerify(token, out var key));
        Assert.Equal($"user:demo user_policy {key}", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task The_first_place_that_holds_a_token_decides()
    {
        var good = await IssueAsync();

        // All places after the bad token hold a good one, and the bad one decides all the same.
        foreach (var bad in Enumerable.Range(0, 4))
        {
            string At(int place) => place == bad ? "forged" : good;
            (string, string)[] all =
            [
                ("Authorization", $"Bearer {At(0)}"), ("Sec-WebSocket-Protocol", $"bearer.{At(1)}"), ("Cookie", $"x-auth-token={At(3)}"),
            ];
            var headers = all[Math.Min(bad, 2)..];
            var path = bad <= 2 ? $"/who?x-auth-token={At(2)}" : "/who";

            using var response = await GetAsync(path, headers);
            await AssertAnswer(response, HttpStatusCode.Unauthorized, Required);
        }
    }

    [Fact]
    public async Task Without_a_token_the_challenge_names_no_error()
    {
        using var response = await GetAsync("/who", ("Authorization", "Basic ZGVtbzpkZW1v"));

        await AssertAnswer(response, HttpStatusCode.Unauthorized, Required);
        Assert.Equal("Bearer", response.Headers.WwwAuthenticate.ToString());
    }

    [Fact]
    public async Task A_forged_token_is_refused_and_never_reaches_a_grain()
    {
        var token = await IssueAsync();
        var calls = Silo.Calls.Count;
        var forged = TokenRequests.Forge(token);
        using var response = await GetAsync("/who", ("Authorization", $"Bearer {forged}"));

        await AssertAnswer(response, HttpStatusCode.Unauthorized, Required);
        Assert.Equal("Bearer error=\"invalid_token\"", response.Headers.WwwAuthenticate.ToString());
        Assert.Equal(calls, Silo.Calls.Count);
    }

    [Fact]
    public async Task A_revoked_and_a_never_issued_token_are_refused()
    {
        var request = Silo.Request();
        var token = Silo.Signer.Sign(request.Secret);
        using var unknown = await GetAsync("/who", ("Authorization", $"Bearer {token}"));
        await AssertAnswer(unknown, HttpStatusCode.Unauthorized, Required);

        await Silo.GrainOf(request).IssueAsync(request);
        await Silo.GrainOf(request).RevokeAsync();
        using var revoked = await GetAsync("/who", ("Authorization", $"Bearer {token}"));
        await AssertAnswer(revoked, HttpStatusCode.Unauthorized, Required);
    }

    [Fact]
    public async Task What_the_actor_may_not_do_is_forbidden()
    {
        using var response = await GetAsync("/nobody", ("Authorization", $"Bearer {await IssueAsync()}"));
        await AssertAnswer(response, HttpStatusCode.Forbidden, """{"error":"forbidden"}""");
    }

    [Fact]
    public async Task Where_the_token_grain_is_out_of_reach_the_fault_is_ours_and_the_page_is_served_all_the_same()
    {
        var token = await IssueAsync();
        Silo.Calls.Before = () => throw new SiloUnavailableException("silo down");

        using var who = await GetAsync("/who", ("Cookie", $"x-auth-token={token}"));
        await AssertAnswer(who, HttpStatusCode.InternalServerError, """{"error":"token store unavailable"}""");

        using var page = await GetAsync("/", ("Cookie", $"x-auth-token={token}"));
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        Assert.DoesNotContain(token[..43], Gateway.Log.Text, StringComparison.Ordinal);
    }

    private async Task<string> IssueAsync()
    {
        var request = Silo.Request();
        return (await Silo.GrainOf(request).IssueAsync(request)).Token;
    }

    private async Task<HttpResponseMessage> GetAsync(string path, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return await Client.SendAsync(request, TestContext.Current.CancellationToken);
    }
}
