using System.Security.Cryptography;
using System.Text;
using System.Buffers.Text;
using Microsoft.Extensions.Options;
using OrleansTicker.Grains.Tokens;

namespace OrleansTicker.Tests.Grains.Tokens;

public sealed class TokenSignerTests
{
    private const string Base64UrlAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

    private readonly TokenSigner _signer = SignerWith(TokenOptions.DevelopmentKey);

    [Fact]
    public void A_token_is_its_secret_and_the_HMAC_of_it()
    {
        var secret = _signer.NewSecret();
        var hmac = HMACSHA256.HashData(Convert.FromBase64String(TokenOptions.DevelopmentKey), Encoding.ASCII.GetBytes(secret));

        Assert.Equal(43, secret.Length);
        Assert.Equal($"{secret}.{Base64Url.EncodeToString(hmac)}", _signer.Sign(secret));
    }

    [Fact]
    public void A_signed_token_verifies_and_names_its_grain_by_a_hash()
    {
        var secret = _signer.NewSecret();

        Assert.True(_signer.TryVerify(_signer.Sign(secret), out var key));
        Assert.Equal(Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(secret))), key);
        Assert.Equal(key, _signer.KeyOf(secret));
    }

    [Fact]
    public void No_two_secrets_are_the_same() =>
        Assert.Equal(1000, Enumerable.Range(0, 1000).Select(_ => _signer.NewSecret()).Distinct().Count());

    [Fact]
    public void A_token_with_any_one_character_changed_is_refused()
    {
        var token = _signer.Sign(_signer.NewSecret());
        for (var index = 0; index < token.Length; index++)
        {
            foreach (var other in Base64UrlAlphabet.Where(other => other != token[index]))
            {
                Assert.False(_signer.TryVerify(token[..index] + other + token[(index + 1)..], out var key));
                Assert.Null(key);
            }
        }
    }

    [Fact]
    public void A_cut_or_lengthened_token_is_refused()
    {
        var token = _signer.Sign(_signer.NewSecret());
        Assert.All(Enumerable.Range(0, token.Length), length => Assert.False(_signer.TryVerify(token[..length], out _)));
        Assert.All(["A", "=", ".", " ", "\0"], more =>
        {
            Assert.False(_signer.TryVerify(token + more, out _));
            Assert.False(_signer.TryVerify(more + token, out _));
        });
    }

    [Fact]
    public void The_signature_of_another_token_is_refused()
    {
        var first = _signer.Sign(_signer.NewSecret());
        var second = _signer.Sign(_signer.NewSecret());
        Assert.False(_signer.TryVerify($"{first[..43]}.{second[44..]}", out _));
        Assert.False(_signer.TryVerify($"{first[44..]}.{first[..43]}", out _));
    }

    [Fact]
    public void A_token_signed_with_another_key_is_refused()
    {
        var other = SignerWith(Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)));
        Assert.False(_signer.TryVerify(other.Sign(other.NewSecret()), out _));
    }

    [Fact]
    public void A_secret_with_trailing_bits_is_refused_even_where_its_signature_is_right()
    {
        // 43 characters carry 258 bits: the last two have to be zero.
        var loose = new string('A', 42) + "B";
        var signature = HMACSHA256.HashData(Convert.FromBase64String(TokenOptions.DevelopmentKey), Encoding.ASCII.GetBytes(loose));
        Assert.False(_signer.TryVerify($"{loose}.{Base64Url.EncodeToString(signature)}", out _));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("not a token")]
    [InlineData("+AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA./AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData(" AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA. AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=")]
    [InlineData("ÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄ.\ud800ÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄ")]
    public void Whatever_else_is_presented_is_refused_without_an_exception(string? token) =>
        Assert.False(_signer.TryVerify(token, out _));

    [Fact]
    public void Only_a_first_part_can_be_signed() =>
        Assert.Throws<ArgumentException>(() => _signer.Sign("not a secret"));

    private static TokenSigner SignerWith(string key) =>
        new(Options.Create(new TokenOptions { Key = key }), new FakeEnvironment("Development"));
}
