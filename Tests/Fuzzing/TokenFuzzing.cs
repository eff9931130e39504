using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting.Internal;
using Microsoft.Extensions.Options;
using OrleansTicker.Gateway.Authentication;
using OrleansTicker.Gateway.Keys;
using OrleansTicker.Gateway.Tokens;
using OrleansTicker.Grains.Tokens;

namespace OrleansTicker.Tests.Fuzzing;

/// <summary>What may come where a token or a key is expected.</summary>
public sealed class TokenFuzzing
{
    private static readonly TokenSigner Signer = new(
        Options.Create(new TokenOptions { Key = TokenOptions.DevelopmentKey }), new HostingEnvironment { EnvironmentName = "Development" });

    private static readonly string Token = Signer.Sign(Signer.NewSecret());

    private static readonly string Key = ApiKeyFormat.Create();

    [Fact]
    public Task No_token_but_the_one_that_was_signed_is_good() =>
        Fuzz.TextAsync("token signatures", 200_000, [Token], text => Assert.Equal(text == Token, Signer.TryVerify(text, out _)));

    [Fact]
    public Task Wherever_a_request_may_hold_a_token_anything_may_stand() => Fuzz.TextAsync(
        "tokens in requests",
        50_000,
        [$"Bearer {Token}", $"ticker.v1, bearer.{Token}", $"x-auth-token={Token}; a=b", $"?x-auth-token={Token}&epoch=1"],
        text =>
        {
            var request = new DefaultHttpContext().Request;
            request.Headers.Authorization = text;
            request.Headers.SecWebSocketProtocol = text;
            request.Headers.Cookie = text;
            request.QueryString = new QueryString($"?{text}");
            QueryToken.TakeOut(request.HttpContext.Features);
            Assert.NotEqual("", PresentedToken.Find(request, allowQuery: true));
            Assert.All(request.Query[PresentedToken.Name], value => Assert.Equal("redacted", value));
        });

    [Fact]
    public Task No_key_but_one_with_its_checksum_is_well_formed() => Fuzz.TextAsync("API keys", 200_000, [Key], text =>
    {
        if (ApiKeyFormat.IsWellFormed(text))
        {
            Assert.Equal(Key, text); // Another would have to be guessed with one chance in four billions.
        }
    });

    [Fact]
    public Task The_body_of_an_exchange_may_be_anything() => Fuzz.BytesAsync(
        "bodies of exchanges",
        100_000,
        [$$"""{"api_key":"{{Key}}"}""", """{"api_key":"\ud83d\ude00","other":[{"api_key":1e999}]}""", """{"api_key":{"api_key":[[[[[[]]]]]]}}"""],
        body =>
        {
            if (!ExchangeRequest.TryParse(body, out var apiKey))
            {
                Assert.Null(apiKey);
            }
        });

    [Fact]
    public Task The_body_of_a_revocation_may_be_anything() => Fuzz.BytesAsync(
        "bodies of revocations",
        100_000,
        [$"token={Token}&token_type_hint=access_token", $"a=b&to%6ben=%41%zz+{Token}", $$"""{"token":"{{Token}}"}""", """ {"token":{"token":["\ud800"]}}"""],
        body => Assert.Equal(TokenForm.TryParse(body, out var token), token.Length > 0));
}
